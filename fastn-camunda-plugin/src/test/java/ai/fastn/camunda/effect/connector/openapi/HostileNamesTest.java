package ai.fastn.camunda.effect.connector.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names in a document become names that code can use, whatever they are. */
class HostileNamesTest {

    private static final OpenApiImport IMPORTS = new OpenApiImport();

    @AfterAll
    static void close() {
        IMPORTS.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            listPets              | listPets              | false
            list_pets             | listPets              | false
            Pets.List             | petsList              | false
            pets/list-by owner    | petsListByOwner       | false
            GETThings             | getThings             | false
            ID                    | id                    | false
            delete                | delete                | false
            __proto__             | proto                 | true
            constructor           | constructorAction     | true
            prototype             | prototypeAction       | true
            then                  | thenAction            | true
            toString              | toStringAction        | true
            toJSON                | toJSONAction          | true
            2fa                   | op2fa                 | true
            */ alert(1) /*        | alert1                | false
            a"b'c`d${e}           | abcde                 | false
            получить              | getThingsByThingId    | true
            größe                 | grE                   | true
            ---                   | getThingsByThingId    | true
            """)
    void anOperationIdBecomesAName(String operationId, String action, boolean warned) {
        ImportPreview preview = IMPORTS.preview(document(operationId));

        assertThat(preview.operations())
                .extracting(ImportPreview.Operation::action)
                .containsExactly(action);
        assertThat(preview.warnings()
                        .contains(new ImportWarning(
                                "paths./things/{thingId}.get",
                                "has an operationId that is no name for code; the action is " + action)))
                .isEqualTo(warned);
        assertThat(IMPORTS.definition(document(operationId), Fixture.choice("x", "https://x.example", List.of()))
                        .document()
                        .path("actions")
                        .has(action))
                .isTrue();
    }

    @Test
    void operationsWithoutANameAreNamedByMethodAndPath() {
        assertThat(IMPORTS.preview(document("")).operations())
                .extracting(ImportPreview.Operation::action)
                .containsExactly("getThingsByThingId");
    }

    @Test
    void sameNamesAreCountedAndLongOnesCut() {
        String longName = "a".repeat(5_000);

        assertThat(IMPORTS.preview(document("same", "same", "Same", "s_ame", longName, longName))
                        .operations())
                .extracting(ImportPreview.Operation::action)
                .containsExactly("same", "same_2", "same_3", "sAme", "a".repeat(80), "a".repeat(80) + "_2");
    }

    @Test
    void textsAreKeptAsTextsWhateverTheyLookLike() {
        String text = "*/ } ${x} {{y}} <script>\"'`\\ \u2028 end";
        ObjectNode document = (ObjectNode) Fixture.json(new String(document("getThing"), UTF_8));
        document.withObject("/info").put("title", text).put("description", text);
        ((ObjectNode) document.path("paths").elements().next().path("get"))
                .put("summary", text)
                .put("description", text);

        ObjectNode definition = IMPORTS.definition(
                        document.toString().getBytes(UTF_8), Fixture.choice("x", "https://x.example", List.of()))
                .document();

        assertThat(definition.path("description").asText()).isEqualTo(text);
        assertThat(definition.at("/actions/getThing/description").asText()).isEqualTo(text);
        assertThat(definition.at("/actions/getThing/title").asText()).startsWith("*/ } ${x}");
    }

    private static byte[] document(String... operationIds) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Names").put("version", "1");
        ObjectNode paths = document.putObject("paths");
        List<String> ids = new ArrayList<>(List.of(operationIds));
        for (int i = 0; i < ids.size(); i++) {
            String path = (i == 0 ? "" : "/n" + i) + "/things/{thingId}";
            ObjectNode get = paths.putObject(path).putObject("get");
            get.put("operationId", ids.get(i));
            get.putArray("parameters")
                    .addObject()
                    .put("name", "thingId")
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
            get.putObject("responses").putObject("200").put("description", "ok");
        }
        return document.toString().getBytes(UTF_8);
    }
}
