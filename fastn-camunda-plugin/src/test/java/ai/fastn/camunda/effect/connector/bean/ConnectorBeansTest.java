package ai.fastn.camunda.effect.connector.bean;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.json;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.ActionWork;
import ai.fastn.camunda.effect.connector.ConnectorAction;
import ai.fastn.camunda.effect.connector.ConnectorAuth;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.Credentials;
import ai.fastn.camunda.effect.secret.Redaction;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorBeansTest {

    private final ConnectorDefinition sap = ConnectorBeans.definition(Sap.class, Sap::new);

    /** A material as a record. */
    record Material(String number, @Nullable BigDecimal price, Optional<LocalDate> until, List<Part> parts) {}

    /** What a material consists of. */
    record Part(String number, int count, Unit unit) {}

    /** How parts are counted. */
    enum Unit {
        PIECE,
        METRE
    }

    /** A connector in all its forms. */
    @FastnConnector(value = "sap-erp", title = "SAP", description = "The ERP.")
    static class Sap {

        @FastnAction(kind = StepKind.READ)
        Material getMaterial(String number, @Nullable Unit unit, Optional<Integer> parts) {
            Part part = new Part(number + "-1", parts.orElse(1), unit == null ? Unit.PIECE : unit);
            return new Material(number, new BigDecimal("1.10"), Optional.of(LocalDate.of(2027, 1, 2)), List.of(part));
        }

        @FastnAction(title = "Keep it", idempotent = true, timeoutMs = 500)
        String keepMaterial(Material material, ActionCall call) {
            return material.number() + " " + material.until() + " "
                    + call.scope().idempotencyKey();
        }

        @FastnAction
        void forget(Map<String, Object> anything) {}

        @FastnAction
        public JsonNode echo(JsonNode anything) {
            return anything;
        }

        void noAction() {}
    }

    @Test
    void theAnnotationsSayWhatTheDefinitionSays() {
        assertThat(sap.slug()).isEqualTo("sap-erp");
        assertThat(sap.accessor()).isEqualTo("sapErp");
        assertThat(sap.title()).isEqualTo("SAP");
        assertThat(sap.actions())
                .extracting(ConnectorAction::name, ConnectorAction::title, ConnectorAction::kind)
                .containsExactly(
                        tuple("echo", "Echo", StepKind.WRITE),
                        tuple("forget", "Forget", StepKind.WRITE),
                        tuple("getMaterial", "Get material", StepKind.READ),
                        tuple("keepMaterial", "Keep it", StepKind.WRITE));
        assertThat(action("keepMaterial").inDoubt()).isEqualTo(InDoubt.RETRY);
        assertThat(action("keepMaterial").timeout().total()).hasMillis(500);
        assertThat(action("forget").inDoubt()).isEqualTo(InDoubt.FAIL);
        assertThat(action("forget").output()).isEmpty();
    }

    @Test
    void theSchemaOfNamedParametersIsAnObject() {
        assertThat(action("getMaterial").input().orElseThrow()).isEqualTo(json("""
                {"type": "object",
                 "properties": {
                   "number": {"type": "string"},
                   "unit": {"anyOf": [{"type": "string", "enum": ["PIECE", "METRE"]}, {"type": "null"}]},
                   "parts": {"anyOf": [{"type": "integer", "format": "int32"}, {"type": "null"}]}},
                 "required": ["number"],
                 "additionalProperties": false}"""));
    }

    @Test
    void theSchemaOfARecordNamesWhatMustBeGiven() {
        JsonNode schema = action("keepMaterial").input().orElseThrow();

        assertThat(schema.at("/required")).isEqualTo(json("[\"number\", \"parts\"]"));
        assertThat(schema.at("/properties/parts/items/required")).isEqualTo(json("[\"count\", \"number\", \"unit\"]"));
        assertThat(schema.at("/properties/until/format").asText()).isEqualTo("date");
        assertThat(action("getMaterial").output().orElseThrow().at("/properties/number/type"))
                .isEqualTo(json("\"string\""));
    }

    @Test
    void parametersAreReadAndTheResultIsWrittenByJackson() throws Exception {
        assertThat(call("getMaterial", "{\"number\": \"M1\", \"unit\": \"METRE\", \"parts\": null}"))
                .hasToString("{\"number\":\"M1\",\"price\":1.1,\"until\":\"2027-01-02\","
                        + "\"parts\":[{\"number\":\"M1-1\",\"count\":1,\"unit\":\"METRE\"}]}");
        assertThat(call("keepMaterial", "{\"number\": \"M2\", \"until\": \"2027-03-04\", \"parts\": []}")
                        .asText())
                .startsWith("M2 Optional[2027-03-04] ")
                .endsWith("-0");
        assertThat(call("echo", "{\"a\": [1, null]}")).isEqualTo(json("{\"a\": [1, null]}"));
        assertThat(call("forget", "{\"a\": 1}").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "keepMaterial | {\"number\": \"1\", \"parts\": [{\"number\": \"1\", \"count\": 1, \"unit\": \"MILE\"}]} | input member \"parts[0].unit\" does not have the form that the action expects",
                "getMaterial | {\"number\": [1]} | input member \"number\" does not have the form that the action expects",
                "keepMaterial | {\"number\": \"1\", \"parts\": [], \"until\": \"tomorrow\"} | input member \"until\" does not have the form that the action expects",
            })
    void anInputThatDoesNotFitIsRefusedWithItsPlaceAndWithoutItsValue(String action, String input, String message) {
        assertThatThrownBy(() -> call(action, input))
                .isInstanceOf(FastnException.class)
                .hasMessage(message);
    }

    /** Its slug can not be called. */
    @FastnConnector("SAP")
    static class WrongSlug {}

    /** Two actions of one name. */
    @FastnConnector("twice")
    static class Twice {
        @FastnAction
        void go(String a) {}

        @FastnAction
        void go(int a) {}
    }

    /** Does not wait. */
    @FastnConnector("later")
    static class Later {
        @FastnAction
        CompletableFuture<String> go() {
            return CompletableFuture.completedFuture("");
        }
    }

    /** Shows its callers' own token. */
    @FastnConnector(value = "crm", auth = "{type: oauth2ClientCredentials, tokenUrl: 'https://login.example.com/t'}")
    static class OfCallers {
        @FastnAction
        void go() {}
    }

    /** Its auth is none. */
    @FastnConnector(value = "crm", auth = "{type: magic}")
    static class WrongAuth {}

    @Test
    void aBeanMayHaveConnections() {
        assertThat(ConnectorBeans.definition(OfCallers.class, Object::new).fields())
                .containsExactly("clientId", "clientSecret");
        assertThat(sap.auth()).isEqualTo(new ConnectorAuth.None());
        assertThatThrownBy(() -> ConnectorBeans.definition(WrongAuth.class, Object::new))
                .hasMessageEndingWith(
                        "WrongAuth: auth.type is \"magic\"; allowed are apiKey, basic, bearer, customLogin,"
                                + " digest, none, oauth2ClientCredentials, oauth2Code");
    }

    /** Takes too long. */
    @FastnConnector("slow")
    static class Slow {
        @FastnAction(timeoutMs = 600_001)
        void go() {}
    }

    @Test
    void aBeanThatCanBeNoConnectorIsRefusedWithTheReason() {
        assertRefused(WrongSlug.class, " has the slug \"SAP\"; a slug is lower-case words joined by hyphens");
        assertRefused(Twice.class, ".go is there twice; an action is known by its name alone");
        assertRefused(Later.class, ".go returns before it is done; an action waits for its result");
        assertRefused(Slow.class, ".go has timeoutMs 600001; allowed are 1 to 600000");
        assertRefused(String.class, " has no annotation @FastnConnector");
    }

    private static void assertRefused(Class<?> type, String message) {
        assertThatThrownBy(() -> ConnectorBeans.definition(type, Object::new))
                .hasMessage("connector bean " + type.getName() + message);
    }

    private ConnectorAction action(String name) {
        return sap.actions().stream()
                .filter(action -> action.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode call(String action, String input) throws Exception {
        ActionCall call = new ActionCall(scope(TENANT_A), new Credentials(Map.of(), Map.of(), Redaction.NONE));
        return Objects.requireNonNull(
                ((ActionWork.Java) action(action).work()).code().perform(json(input), call));
    }
}
