package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets over HTTP: written and used, and never shown again. */
class SecretHttpTest {

    private static final String CANARY = "cAnArY-over-http-42";

    private final RunningHost host = RunningHost.shared();
    private final Machine machine = Machine.of(host);

    @BeforeEach
    void clear() {
        machine.get("/secrets").json().path("secrets").forEach(secret -> delete(machine, path(secret)));
    }

    private static String path(JsonNode secret) {
        String name = "/secrets/" + secret.path("name").asText();
        return secret.path("environment").isNull()
                ? name
                : name + "?environment=" + secret.path("environment").asText();
    }

    @Test
    void aSecretIsWrittenListedReplacedUsedAndDeletedAndNoReplyHasItsValue() {
        Reply first = machine.put("/secrets/api.token-1", "{\"value\": \"first-" + CANARY + "\"}");
        Reply second = machine.put("/secrets/api.token-1", "{\"value\": \"" + CANARY + "\"}");
        machine.install(
                "uses-a-secret",
                "instant",
                "export default async function () { return (await fastn.secrets.get('api.token-1')).length; }");
        Reply list = machine.get("/secrets");

        assertThat(machine.execute("uses-a-secret", "null")
                        .requireStatus(200)
                        .json()
                        .path("data")
                        .asInt())
                .isEqualTo(CANARY.length());
        assertThat(first.requireStatus(200).json().path("version").asLong())
                .isLessThan(second.requireStatus(200).json().path("version").asLong());
        assertThat(list.requireStatus(200).json().at("/secrets/0/name").asText())
                .isEqualTo("api.token-1");
        assertThat(list.json().at("/secrets/0/updatedBy").asText()).isEqualTo("test key");
        assertThat(first.body() + second.body() + list.body()).doesNotContain(CANARY);
        assertThat(delete(machine, "/secrets/api.token-1").status()).isEqualTo(204);
        assertThat(machine.execute("uses-a-secret", "null").status()).isEqualTo(422);
        assertThat(delete(machine, "/secrets/api.token-1").status()).isEqualTo(404);
    }

    @Test
    void theSecretOfTheEnvironmentWinsAndTheOtherStays() {
        machine.put("/secrets/TOKEN", "{\"value\": \"for-all-environments\"}").requireStatus(200);
        machine.put(
                        "/secrets/TOKEN?environment=production",
                        "{\"value\": {\"user\": \"jo\", \"password\": \"pa55word\"}}")
                .requireStatus(200);
        machine.put("/secrets/TOKEN?environment=test", "{\"value\": \"for-test-only\"}")
                .requireStatus(200);
        machine.install(
                "environment-secret",
                "instant",
                "export default async function () { const s = await fastn.secrets.get('TOKEN'); return s.user || s.length; }");

        assertThat(machine.execute("environment-secret", "null")
                        .json()
                        .path("data")
                        .asText())
                .isEqualTo("jo");
        assertThat(delete(machine, "/secrets/TOKEN?environment=production").status())
                .isEqualTo(204);
        assertThat(machine.execute("environment-secret", "null")
                        .json()
                        .path("data")
                        .asInt())
                .isEqualTo("for-all-environments".length());
        assertThat(machine.get("/secrets").json().path("secrets")).hasSize(2);
    }

    @Test
    void anotherTenantNeitherSeesNorDeletesIt() {
        Machine acme = machine.with("x-fastn-access-key", host.acmeKey()).with("x-fastn-account-tenant-id", "acme");
        machine.put("/secrets/OURS", "{\"value\": \"" + CANARY + "\"}").requireStatus(200);

        assertThat(acme.get("/secrets").requireStatus(200).json().path("secrets"))
                .isEmpty();
        assertThat(delete(acme, "/secrets/OURS").status()).isEqualTo(404);
        assertThat(machine.without("x-fastn-access-key").get("/secrets").status())
                .isEqualTo(401);
        assertThat(machine.get("/secrets").json().path("secrets")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /secrets/1st                | {"value": "long-enough"}      | secret name "1st" does not have the form of one
            /secrets/OK                 | {"value": "short"}            | secret "OK" has 5 characters and 5 bytes
            /secrets/OK                 | {"value": 123456789}          | member "value" is not a string, a JSON object or a JSON array
            /secrets/OK                 | {}                            | member "value" is not a string, a JSON object or a JSON array
            /secrets/OK?environment=A_B | {"value": "long-enough"}      | parameter "environment" is "A_B"
            /secrets/OK                 | {"value": "long", "more": 1}  | member "more" is not known; known here: value
            """)
    void whatIsWrongIsNamed(String path, String body, String message) {
        Reply reply = machine.put(path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").asText()).startsWith(message);
        assertThat(machine.get("/secrets").json().path("secrets")).isEmpty();
    }

    private static Reply delete(Machine machine, String path) {
        HttpRequest.Builder request = machine.request(path).DELETE();
        return Machine.send(request);
    }
}
