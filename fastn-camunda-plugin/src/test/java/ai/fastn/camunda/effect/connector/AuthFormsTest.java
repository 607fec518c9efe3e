package ai.fastn.camunda.effect.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How definition files say who calls, and what of an address a connection may fill in. */
class AuthFormsTest {

    private static final String HOST = "https://{shop}.myshopify.com/admin";

    @Test
    void allOfAnAuthorizationCodeCanBeSaid() {
        ConnectorDefinition definition = define(HOST, """
                {type: oauth2Code, authorizeUrl: 'https://{shop}.myshopify.com/authorize',
                 tokenUrl: 'https://{shop}.myshopify.com/token', revokeUrl: 'https://login.example.com/revoke',
                 scopes: [a, b], scopeSeparator: ',', clientAuth: post, tokenRequest: json,
                 authorizeParams: {access_type: offline}, tokenParams: {audience: x},
                 tokenPath: authed_user.access_token, accountPath: team.name, lifetime: 2h,
                 header: X-Token, prefix: ''}""");

        OAuthTerms terms = ((ConnectorAuth.OAuth2) definition.auth()).terms();
        assertThat(terms.scopes()).containsExactly("a", "b");
        assertThat(terms.clientAuth()).isEqualTo(OAuthTerms.ClientAuth.POST);
        assertThat(terms.tokenRequest()).isEqualTo(OAuthTerms.TokenRequest.JSON);
        assertThat(terms.lifetime()).contains(Duration.ofHours(2));
        assertThat(terms.prefix()).isEmpty();
        assertThat(definition.auth().method()).isEqualTo("oauth2Code");
        assertThat(definition.settings()).containsExactly("region", "shop");
        assertThat(definition.fields()).isEmpty();
        assertThat(definition.baseUrl()).isEmpty();
        assertThat(definition.completed(Map.of("shop", "acme")).baseUrl())
                .contains(URI.create("https://acme.myshopify.com/admin"));
    }

    @Test
    void theFieldsOfALoginAreWhatItsRequestMentionsAndNoSetting() {
        ConnectorDefinition definition = define(
                "https://api.example.com",
                "{type: customLogin, url: 'https://api.example.com/login',"
                        + " json: {user: {name: '{username}'}, in: '{region}'}, headers: {X-Pass: '{pass}'}, tokenPath: t}");

        assertThat(definition.fields()).isEqualTo(Set.of("username", "pass"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.com/",
                "evil.com#",
                "evil.com?",
                "a@evil",
                "a:80",
                "a/../b",
                "..",
                "a..b",
                ".a",
                "a.",
                "ä",
                "a b",
                "%2e"
            })
    void aSettingCanNotLeadOutOfTheDomain(String shop) {
        ConnectorDefinition definition = define(HOST, "{type: none}");

        assertThatThrownBy(() -> definition.completed(Map.of("shop", shop)))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_INCOMPLETE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "acme-2", "eu.acme"})
    void aSettingMayBeAPartOfTheDomain(String shop) {
        assertThat(define(HOST, "{type: none}")
                        .completed(Map.of("shop", shop))
                        .baseUrl()
                        .orElseThrow()
                        .getHost())
                .isEqualTo(shop + ".myshopify.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://{host}              | baseUrl ends its host by a placeholder",
                "https://api.{host}          | baseUrl ends its host by a placeholder",
                "https://a{host}b.com        | baseUrl ends its host by a placeholder",
                "ftp://{shop}.example.com    | baseUrl is not the address of a service",
                "https://{shop}.example.com?x={shop} | baseUrl is not the address of a service"
            })
    void anAddressHasAFixedEndOfItsHost(String baseUrl, String message) {
        assertThatThrownBy(() -> define(baseUrl, "{type: none}")).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: oauth2Code, tokenUrl: 'https://a.example/t'} | auth.authorizeUrl is missing",
                "{type: oauth2ClientCredentials} | auth.tokenUrl is missing",
                "{type: oauth2ClientCredentials, tokenUrl: 'https://a.example/t', clientAuth: jwt} | auth.clientAuth is \"jwt\"; allowed are basic, post",
                "{type: oauth2ClientCredentials, tokenUrl: 'https://a.example/t', lifetime: soon} | auth.lifetime is \"soon\"; it is a time such as 90s, 20m, 1h or 30d",
                "{type: oauth2ClientCredentials, tokenUrl: 'https://a.example/t', scopes: all} | auth.scopes is not a list of scopes",
                "{type: oauth2ClientCredentials, tokenUrl: 'https://a.example/t', header: Host} | auth.header names header \"Host\", which a definition can not set",
                "{type: customLogin, url: 'https://a.example/l', tokenPath: t} | auth needs exactly one of form and json: the body of the login request",
                "{type: customLogin, url: 'https://a.example/l', json: {a: b}} | auth.tokenPath is missing",
                "{type: customLogin, url: 'https://a.example/l', json: {a: b}, tokenPath: 'a..b'} | auth.tokenPath is \"a..b\"; it is names of members joined by \".\", such as data.token",
                "{type: basic, username: bob} | auth.passwordSecret is missing"
            })
    void aMistakeIsNamedWithItsPlace(String auth, String message) {
        assertThatThrownBy(() -> define("https://api.example.com", auth))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_DEFINITION))
                .hasMessageEndingWith(message);
    }

    @Test
    void theActionThatVerifiesIsOneOfTheConnector() {
        assertThatThrownBy(() -> new ConnectorFiles(text -> text)
                        .parse(
                                "x.yaml",
                                yaml("https://api.example.com", "{type: none}").replace("verify: me", "verify: you")))
                .hasMessageEndingWith("connection.verify is \"you\", which is not an action of this connector");
    }

    private static ConnectorDefinition define(String baseUrl, String auth) {
        return new ConnectorFiles(text -> text).parse("x.yaml", yaml(baseUrl, auth));
    }

    private static String yaml(String baseUrl, String auth) {
        return "slug: x\ntitle: X\nbaseUrl: '" + baseUrl + "'\nauth: " + auth.replace("\n", " ")
                + "\nconnection: {verify: me, settings: {region: Region}}\nactions:\n  me: {method: GET, path: /me}\n";
    }
}
