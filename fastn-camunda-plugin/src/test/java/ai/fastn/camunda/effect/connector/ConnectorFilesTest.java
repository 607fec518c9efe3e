package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectCatalog.ActionEntry;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.StepKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorFilesTest {

    private static final String GAMMA = """
            slug: gamma-app
            title: Gamma
            baseUrl: https://public-api.gamma.app/v0.2/
            docs: https://developers.gamma.app/
            auth: {type: apiKey, in: header, name: X-API-KEY, secret: GAMMA_API_KEY}
            actions:
              createGeneration:
                method: POST
                path: /generations
              getGeneration:
                title: Look at a generation
                method: GET
                path: /generations/{generationId}
                query: [fields]
              findThings:
                kind: READ
                method: POST
                path: /find
            """;

    private final ConnectorFiles files = new ConnectorFiles(UnaryOperator.identity());

    @Test
    void aDefinitionSaysWhatTheCompilerNeedsToKnow() {
        ConnectorDefinition gamma = files.parse("gamma.yaml", GAMMA);

        assertThat(gamma.accessor()).isEqualTo("gammaApp");
        assertThat(gamma.baseUrl()).hasValue(URI.create("https://public-api.gamma.app/v0.2"));
        assertThat(gamma.verified()).isFalse();
        assertThat(gamma.entry(OptionalInt.empty()).actions())
                .containsExactly(
                        new ActionEntry(
                                "createGeneration", "Create generation", StepKind.WRITE, Optional.empty(), List.of()),
                        new ActionEntry(
                                "getGeneration",
                                "Look at a generation",
                                StepKind.READ,
                                Optional.of(List.of("fields", "generationId")),
                                List.of("generationId")),
                        new ActionEntry("findThings", "Find things", StepKind.READ, Optional.empty(), List.of()));
    }

    @Test
    void aWriteWhoseRepetitionMayDoHarmIsAskedAboutWhenARunDiesInIt() {
        ConnectorDefinition shop = files.parse("shop.yaml", """
                slug: shop
                title: Shop
                baseUrl: https://shop.example
                actions:
                  look: {method: GET, path: /a}
                  pay: {method: POST, path: /a}
                  put: {method: PUT, path: /a, idempotent: true}
                  charge: {method: POST, path: /a, onInDoubt: retry}
                  send: {method: PUT, path: /a, idempotent: true, onInDoubt: fail}
                """);

        assertThat(shop.actions().stream().collect(toMap(ConnectorAction::name, ConnectorAction::inDoubt)))
                .containsOnly(
                        entry("look", InDoubt.RETRY),
                        entry("pay", InDoubt.FAIL),
                        entry("put", InDoubt.RETRY),
                        entry("charge", InDoubt.RETRY),
                        entry("send", InDoubt.FAIL));
    }

    @Test
    void placeholdersAreResolvedFirst() {
        ConnectorFiles resolving = new ConnectorFiles(text -> text.replace("${port}", "8080"));

        assertThat(resolving
                        .parse("x.yaml", GAMMA.replace("public-api.gamma.app/v0.2/", "localhost:${port}/demo"))
                        .baseUrl())
                .hasValue(URI.create("https://localhost:8080/demo"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            title: Gamma      | titel: Gamma            | the file has an unknown field "titel"; allowed are slug, title, description, baseUrl, docs, verified, auth, headers, limits, timeout, schemas, connection, actions
            title: Gamma      | verified: true          | title is missing
            slug: gamma-app   | slug: Gamma             | slug is "Gamma"; it must be lower-case words joined by hyphens, such as hubspot-crm
            baseUrl: https    | baseUrl: ftp            | baseUrl is not the address of a service: http(s)://host[:port][/path]
            https://public    | https://user@public     | baseUrl is not the address of a service: http(s)://host[:port][/path]
            https://dev       | javascript:dev          | docs is not an address that starts with http(s)://
            type: apiKey      | type: oauth             | auth.type is "oauth"; allowed are apiKey, basic, bearer, customLogin, digest, none, oauth2ClientCredentials, oauth2Code
            in: header        | in: cookie              | auth.in is "cookie"; allowed are header, query
            X-API-KEY         | Host                    | auth.name names header "Host", which a definition can not set
            secret: GAMMA     | secrets: GAMMA          | auth has an unknown field "secrets"; allowed are type, in, name, secret, prefix
            method: POST      | method: FETCH           | actions.createGeneration.method is "FETCH"; allowed are DELETE, GET, HEAD, PATCH, POST, PUT
            path: /gen        | path: gen               | actions.createGeneration.path is "generations"; it starts with "/" and holds URL characters and {name} only
            path: /gen        | path: /../gen           | actions.createGeneration.path is "/../generations"; it may not go up by ".."
            kind: READ        | kind: LOOK              | actions.findThings.kind is "LOOK"; allowed are READ, WRITE
            query: [fields]   | body: rest              | actions.getGeneration.body is given for GET, which has no body
            query: [fields]   | timeout: 2h             | actions.getGeneration.timeout is "2h"; it is a time such as 500ms, 30s or 2m, at most 10m
            query: [fields]   | idempotent: maybe       | actions.getGeneration.idempotent is not true or false
            query: [fields]   | output: xml             | actions.getGeneration.output is "xml"; allowed are as_sent, bytes, json, text
            query: [fields]   | headers: {Host: x}      | actions.getGeneration.headers.Host names header "Host", which a definition can not set
            findThings        | constructor             | actions.constructor is not a name that JavaScript code can call
            findThings        | find-things             | actions.find-things is not a name that JavaScript code can call
            """)
    void aMistakeIsNamedWithItsPlace(String right, String wrong, String message) {
        assertThat(GAMMA).contains(right);

        assertThatThrownBy(() -> files.parse("gamma.yaml", GAMMA.replaceFirst(Pattern.quote(right), wrong)))
                .isInstanceOf(FastnException.class)
                .hasMessage("connector definition gamma.yaml: " + message);
    }

    @ParameterizedTest
    @Timeout(5)
    @ValueSource(
            strings = {
                "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
                "a: &a [*a]",
                "slug: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]",
                "slug: x\nslug: y",
                "- just\n- a list",
                "just text",
                "",
                "{[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "slug: \"open",
                "\t- x",
            })
    void yamlThatIsMoreThanPlainDataIsRefused(String yaml) {
        assertThatThrownBy(() -> files.parse("bad.yaml", yaml))
                .isInstanceOf(FastnException.class)
                .hasMessageStartingWith("connector definition bad.yaml: ");
    }

    @Test
    void aDirectoryHoldsManagedAndTenantsOwnDefinitions(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("gamma.yaml"), GAMMA);
        Files.writeString(directory.resolve("README.md"), "not a definition");
        Files.createDirectories(directory.resolve("tenants/a"));
        Files.writeString(directory.resolve("tenants/a/gamma.yml"), GAMMA.replace("title: Gamma", "title: Own gamma"));

        ConnectorRegistry registry =
                new ConnectorRegistry(files.readDirectory(directory), files.readTenants(directory));

        assertThat(registry.catalogOf(TENANT_A)
                        .connector("gamma-app")
                        .orElseThrow()
                        .title())
                .isEqualTo("Own gamma");
        assertThat(registry.catalogOf(TENANT_B)
                        .connector("gammaApp")
                        .orElseThrow()
                        .title())
                .isEqualTo("Gamma");
        assertThat(registry.resolve(TENANT_A, "gammaApp", "managed", ConnectorVersions.NONE)
                        .title())
                .isEqualTo("Gamma");
        assertThat(registry.resolve(TENANT_A, "gammaApp", "custom", ConnectorVersions.NONE)
                        .title())
                .isEqualTo("Own gamma");
        assertThat(registry.resolve(TENANT_A, "gammaApp", null, ConnectorVersions.NONE)
                        .title())
                .isEqualTo("Own gamma");
        assertThatThrownBy(() -> registry.resolve(TENANT_B, "gammaApp", "custom", ConnectorVersions.NONE))
                .hasMessage("custom connector \"gammaApp\" does not exist; there is none");
        assertThatThrownBy(() -> registry.resolve(TENANT_B, "gama", null, ConnectorVersions.NONE))
                .hasMessage("connector \"gama\" does not exist; there are gammaApp");
        assertThatThrownBy(() -> registry.resolve(TENANT_B, "gammaApp", "mine", ConnectorVersions.NONE))
                .hasMessage("connector \"gammaApp\": orgId \"mine\" is neither \"managed\" nor \"custom\"");
    }

    @Test
    void oneOwnerCanNotHaveTwoOfOneName() {
        ConnectorDefinition gamma = files.parse("gamma.yaml", GAMMA);

        assertThatThrownBy(() -> new ConnectorRegistry(List.of(gamma, gamma), Map.of()))
                .hasMessage("connector \"gamma-app\" is defined twice by one owner");
    }
}
