package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.SecretStore;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arrives at a service, byte by byte, for each way a definition may say that a request is written. */
class RequestFormatsTest {

    private static final String DEFINITION = """
            slug: formats
            title: Formats
            baseUrl: http://localhost:PORT
            actions:
              lists:
                method: GET
                path: /lists/{id}/{ids,}
                query:
                  plain: "{plain}"
                  exploded: {member: exploded, style: form}
                  commas: {member: commas, style: form, explode: false}
                  spaces: {member: spaces, style: spaceDelimited}
                  pipes: {member: pipes, style: pipeDelimited}
                  deep: {member: deep, style: deepObject}
                  text: {member: text, style: json}
                headers: {X-Ids: "{xIds}"}
              form:
                method: POST
                path: /form
                body:
                  as: form
                  fields:
                    deep: {style: deepObject}
                    commas: {style: form, explode: false}
                    exploded: {style: form}
                    text: {style: json}
              upload:
                method: POST
                path: /upload
                body:
                  as: multipart
                  members: [note, tags, meta, number, file, files]
                  fields:
                    file: {binary: true, contentType: image/png}
                    files: {binary: true}
                    number: {contentType: application/json}
              text: {method: PUT, path: /text, body: {as: text, member: body}}
              csv: {method: PUT, path: /text, body: {as: text, member: body, contentType: text/csv}}
              bytes: {method: PUT, path: /bytes, body: {as: binary, member: body, contentType: image/png}}
              patch: {method: PATCH, path: /patch, body: {contentType: application/merge-patch+json}}
              remove: {method: DELETE, path: /remove, body: {members: [ids]}}
            """;
    private static final FakeService SERVICE = new FakeService();
    private static final ConnectorFiles FILES = new ConnectorFiles(UnaryOperator.identity());
    private static final ConnectorCalls CALLS = new ConnectorCalls(
            new ConnectorRegistry(
                    List.of(FILES.parse("formats.yaml", DEFINITION.replace("PORT", Integer.toString(SERVICE.port())))),
                    Map.of()),
            secrets(),
            EgressGuard.allowing("localhost:" + SERVICE.port()));

    @AfterAll
    static void close() {
        CALLS.close();
        SERVICE.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'id': 'a/b ü'                              | /lists/a%2Fb%20%C3%BC/x
            'id': 1, 'plain': ['a b', 2, null, true]   | /lists/1/x?plain=a%20b&plain=2&plain=true
            'id': 1, 'plain': {'a': [1]}               | /lists/1/x?plain=%7B%22a%22%3A%5B1%5D%7D
            'id': 1, 'exploded': ['a,b', 'c']          | /lists/1/x?exploded=a%2Cb&exploded=c
            'id': 1, 'exploded': {'r': 1, 'g&': null, 'b=': '&'} | /lists/1/x?r=1&b%3D=%26
            'id': 1, 'commas': ['a,b', 'c d']          | /lists/1/x?commas=a%2Cb,c%20d
            'id': 1, 'commas': {'r': 1, 'g': 2}        | /lists/1/x?commas=r,1,g,2
            'id': 1, 'commas': []                      | /lists/1/x
            'id': 1, 'commas': 'one'                   | /lists/1/x?commas=one
            'id': 1, 'spaces': ['a', 'b c']            | /lists/1/x?spaces=a%20b%20c
            'id': 1, 'pipes': ['a', 'b']               | /lists/1/x?pipes=a%7Cb
            'id': 1, 'deep': {'price': {'from': 1}, 'tags': ['x', 'y'], 'no': null} | /lists/1/x?deep%5Bprice%5D%5Bfrom%5D=1&deep%5Btags%5D%5B0%5D=x&deep%5Btags%5D%5B1%5D=y
            'id': 1, 'text': ['a', {'b': 1}]           | /lists/1/x?text=%5B%22a%22%2C%7B%22b%22%3A1%7D%5D
            'id': 1, 'text': null                      | /lists/1/x
            """)
    void aQueryIsWrittenInTheStyleOfItsParameter(String members, String url) {
        call("lists", "{" + members + ", 'ids': 'x'}");

        assertThat(SERVICE.last().url()).isEqualTo(url);
    }

    @Test
    void aPathAndAHeaderMayCarryAListWhereTheySaySo() {
        call("lists", "{'id': 1, 'ids': ['a,b', 2, 'c/d'], 'xIds': [1, 2]}");

        assertThat(SERVICE.last().url()).isEqualTo("/lists/1/a%2Cb,2,c%2Fd");
        assertThat(SERVICE.last().header("X-ids")).isEqualTo("1, 2");
        assertThat(failure("lists", "{'id': [1, 2], 'ids': 1}").message())
                .isEqualTo("formats.lists: input member \"id\" is needed for the path and is missing, empty or a list");
        assertThat(failure("lists", "{'id': 1, 'ids': []}").message())
                .isEqualTo("formats.lists: input member \"ids\" is needed for the path and is missing or empty");
        assertThat(failure("lists", "{'id': 1, 'ids': ['..']}").message())
                .isEqualTo("formats.lists: input member \"ids\" would change the path");
    }

    @Test
    void aFormIsWrittenAsAPageWouldSendIt() {
        call(
                "form",
                "{'name': 'a b&ü', 'list': [1, 'x'], 'object': {'k': 1}, 'deep': {'m': {'k=': 'v'}, 'items': [{'price': 2}]},"
                        + " 'commas': ['a', 'b,'], 'exploded': {'q': 1}, 'text': [1], 'nothing': null}");

        assertThat(SERVICE.last().header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(SERVICE.last().body())
                .isEqualTo("name=a+b%26%C3%BC&list=1&list=x&object=%7B%22k%22%3A1%7D&deep%5Bm%5D%5Bk%3D%5D=v"
                        + "&deep%5Bitems%5D%5B0%5D%5Bprice%5D=2&commas=a,b%2C&q=1&text=%5B1%5D");
    }

    @Test
    void partsCarryTextJsonAndFilesByteForByte() {
        String png = new String(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 0, (byte) 0xff}, ISO_8859_1);
        String base64 = Base64.getEncoder().encodeToString(png.getBytes(ISO_8859_1));
        String input = "{'note': 'ü', 'tags': ['a', 'b'], 'meta': {'k': 1}, 'number': 5, 'file': '" + base64
                + "', 'files': [{'base64': 'QQ==', 'fileName': 'a\\u0022\\r\\n.txt', 'contentType': 'text/plain'}]}";

        call("upload", input);
        FakeService.Received first = SERVICE.last();
        call("upload", input);

        String boundary = first.header("Content-type").replace("multipart/form-data; boundary=", "");
        assertThat(boundary).matches("fastn-[0-9a-f]{32}");
        assertThat(first.bytes()).isEqualTo("""
                        --B
                        Content-Disposition: form-data; name="note"

                        UE
                        --B
                        Content-Disposition: form-data; name="tags"

                        a
                        --B
                        Content-Disposition: form-data; name="tags"

                        b
                        --B
                        Content-Disposition: form-data; name="meta"
                        Content-Type: application/json

                        {"k":1}
                        --B
                        Content-Disposition: form-data; name="number"
                        Content-Type: application/json

                        5
                        --B
                        Content-Disposition: form-data; name="file"; filename="file"
                        Content-Type: image/png

                        PNG
                        --B
                        Content-Disposition: form-data; name="files"; filename="a%22%0D%0A.txt"
                        Content-Type: text/plain

                        A
                        --B--
                        """.replace("\n", "\r\n")
                .replace("B\r\n", boundary + "\r\n")
                .replace("--B--", "--" + boundary + "--")
                .replace("UE", new String("ü".getBytes(UTF_8), ISO_8859_1))
                .replace("PNG", png));
        assertThat(SERVICE.last().bytes()).as("a repeated call").isEqualTo(first.bytes());
    }

    @Test
    void aBodyMayBeATextOrBytesOrJsonOfAnotherName() {
        call("text", "{'body': 'Grüße'}");
        assertThat(SERVICE.last().body()).isEqualTo("Grüße");
        assertThat(SERVICE.last().header("Content-type")).isEqualTo("text/plain; charset=utf-8");

        call("csv", "{'body': 'a;b'}");
        assertThat(SERVICE.last().header("Content-type")).isEqualTo("text/csv");

        call("bytes", "{'body': '/wD+'}");
        assertThat(SERVICE.last().bytes()).isEqualTo("\u00ff\u0000\u00fe");
        assertThat(SERVICE.last().header("Content-type")).isEqualTo("image/png");

        call("patch", "{'a': 1}");
        assertThat(SERVICE.last().body()).isEqualTo("{\"a\":1}");
        assertThat(SERVICE.last().header("Content-type")).isEqualTo("application/merge-patch+json");

        call("remove", "{'ids': [1]}");
        assertThat(SERVICE.last().body()).isEqualTo("{\"ids\":[1]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bytes  | {'body': 'not base64!'}      | input member "body" is not base64
            bytes  | {'body': 5}                  | input member "body" is not base64: a text is expected
            upload | {'file': {'fileName': 'x'}}  | input member "file" is not base64: a text is expected
            upload | {'files': {'base64': 'QQ==', 'contentType': 'a\\nb'}} | input member "files" has a content type with characters that a header can not carry
            upload | {'other': 1}                 | the input has unknown members other; known are file, files, meta, note, number, tags
            """)
    void whatCanNotBeWrittenIsRefused(String action, String input, String message) {
        assertThat(failure(action, input).message()).isEqualTo("formats." + action + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            style: spaceDelimited        | style: matrix         | actions.lists.query.spaces.style is "matrix"; allowed are deepObject, form, json, pipeDelimited, spaceDelimited
            {member: pipes, style        | {name: pipes, style   | actions.lists.query.pipes has an unknown field "name"; allowed are member, style, explode
            as: multipart                | as: soap              | actions.upload.body.as is "soap"; allowed are binary, form, json, multipart, text
            {binary: true}               | {style: form}         | actions.upload.body.fields.files has an unknown field "style"; allowed are contentType, binary
            {as: text, member: body}     | {as: text}            | actions.text.body.member is missing: a body of that kind is the value of one member
            {members: [ids]}             | {members: ids}        | actions.remove.body.members is not a list of names
            {members: [ids]}             | {members: [ids], member: x} | actions.remove.body has both member and members
            {members: [ids]}             | {fields: {a: {}}}     | actions.remove.body.fields is for form and multipart only
            contentType: text/csv        | contentType: csv      | actions.csv.body.contentType is "csv"; it is a content type such as application/json
            """)
    void aMistakeIsNamedWithItsPlace(String right, String wrong, String message) {
        String definition = DEFINITION.replace("PORT", "1");
        assertThat(definition).contains(right);

        assertThatThrownBy(() -> FILES.parse("f.yaml", definition.replaceFirst(Pattern.quote(right), wrong)))
                .hasMessage("connector definition f.yaml: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            input: {$ref: '#/$defs/Deal  | input: {$ref: '#/$defs/Deel | actions.put.schema.input refers to "#/$defs/Deel", which schemas does not have
            {$ref: '#/$defs/Owner'}      | {$ref: '#/$defs/Boss'}  | schemas.Deal refers to "#/$defs/Boss", which schemas does not have
            {$ref: '#/$defs/Owner'}      | {$ref: 'http://x/y'}    | schemas.Deal refers to "http://x/y", which schemas does not have
            Owner: {type                 | Ow/ner: {type           | schemas.Ow/ner has a name with other characters than letters, digits, ".", "-" and "_"
            Owner: {type: string}        | Owner: text             | schemas.Owner is not a JSON Schema
            """)
    void schemasThatActionsShareAreCheckedAndGoAlong(String right, String wrong, String message) {
        String definition = """
                slug: shared
                title: Shared
                baseUrl: https://shared.example
                schemas:
                  Deal: {type: object, properties: {owner: {$ref: '#/$defs/Owner'}, parent: {$ref: '#/$defs/Deal'}}}
                  Owner: {type: string}
                actions:
                  put:
                    method: PUT
                    path: /deals
                    schema:
                      input: {$ref: '#/$defs/Deal'}
                """;

        ConnectorDefinition read = FILES.parse("s.yaml", definition);

        assertThat(read.whole(read.actions().get(0).input().orElseThrow()))
                .hasToString("{\"$ref\":\"#/$defs/Deal\",\"$defs\":{\"Deal\":{\"type\":\"object\",\"properties\":"
                        + "{\"owner\":{\"$ref\":\"#/$defs/Owner\"},\"parent\":{\"$ref\":\"#/$defs/Deal\"}}},"
                        + "\"Owner\":{\"type\":\"string\"}}}");
        assertThatThrownBy(() -> FILES.parse("s.yaml", definition.replace(right, wrong)))
                .hasMessage("connector definition s.yaml: " + message);
    }

    private static void call(String action, String input) {
        EffectOutcome outcome = perform(action, input);
        // No path of the fake service has an answer: that it was asked is what counts.
        assertThat(failed(outcome).fields()).containsEntry("status", 404);
    }

    private static EffectOutcome.Failed failure(String action, String input) {
        return failed(perform(action, input));
    }

    private static EffectOutcome perform(String action, String input) {
        return CALLS.perform(
                new EffectRequest("connector.formats." + action, "{\"input\": " + input.replace('\'', '"') + "}"),
                scope(TENANT_A),
                NO_RECORD);
    }

    private static SecretStore secrets() {
        DataSource plugin = EffectDatabases.plugin();
        return new SecretStore(plugin, new Sealing(plugin, MasterKey.random()), Clock.systemUTC());
    }
}
