package ai.fastn.camunda.effect.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an authorization server wants to be asked for tokens (RFC 6749), and what its answers look like.
 *
 * @param authorizeUrl where a person agrees; only for {@link Grant#CODE}
 * @param revokeUrl where tokens are given back (RFC 7009)
 * @param scopes asked for unless a connection asks for others
 * @param authorizeParams further parameters of the authorization page
 * @param tokenParams further parameters of each token request
 * @param tokenPath where the access token is in the answer: {@code authed_user.access_token}; refresh token and
 *     lifetime are looked for beside it first
 * @param accountPath where the answer says whose account it is
 * @param lifetime of tokens whose answer does not say; empty: until the service refuses them
 * @param header that carries the token, after the prefix
 */
public record OAuthTerms(
        Grant grant,
        Optional<UrlTemplate> authorizeUrl,
        UrlTemplate tokenUrl,
        Optional<UrlTemplate> revokeUrl,
        List<String> scopes,
        String scopeSeparator,
        ClientAuth clientAuth,
        TokenRequest tokenRequest,
        Map<String, String> authorizeParams,
        Map<String, String> tokenParams,
        String tokenPath,
        Optional<String> accountPath,
        Optional<Duration> lifetime,
        String header,
        String prefix) {

    public OAuthTerms {
        scopes = List.copyOf(scopes);
        authorizeParams = Map.copyOf(authorizeParams);
        tokenParams = Map.copyOf(tokenParams);
    }

    List<UrlTemplate> addresses() {
        List<UrlTemplate> addresses = new ArrayList<>(List.of(tokenUrl));
        authorizeUrl.ifPresent(addresses::add);
        revokeUrl.ifPresent(addresses::add);
        return addresses;
    }

    /** What is exchanged for a token. */
    public enum Grant {
        /** What a person agreed to in a browser, with PKCE. */
        CODE,
        CLIENT_CREDENTIALS
    }

    /** How the client shows who it is at the token endpoint. */
    public enum ClientAuth {
        BASIC,
        POST
    }

    /** Form of the body of a token request. */
    public enum TokenRequest {
        FORM,
        JSON
    }
}
