package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input has one clear answer each, and nothing is half saved. */
class BadRequestHttpTest {

    private static final List<String> TABLES = List.of(
            "fastn_workflow",
            "fastn_workflow_version",
            "fastn_execution",
            "fastn_journal",
            "fastn_checkpoint",
            "act_re_deployment",
            "act_hi_procinst");
    private static final String CODE = "export default async (ctx) => ctx.input";

    private RunningHost host;
    private Machine machine;
    private List<Long> rowsBefore;

    @BeforeEach
    void countRows() {
        host = RunningHost.shared();
        machine = Machine.of(host);
        if (machine.get("/workflows/target").status() == 404) {
            machine.install("target", "instant", CODE);
        }
        rowsBefore = rows();
    }

    @AfterEach
    void nothingWasSaved() {
        assertThat(rows()).isEqualTo(rowsBefore);
        assertThat(machine.get("/workflows/target").json().path("revision").asInt())
                .isEqualTo(1);
    }

    private List<Long> rows() {
        return TABLES.stream().map(host::rows).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"input\": 1,}|line 1, column 13",
                "{\"input\": }|line 1, column 11",
                "{\"input\": 1|line 1",
                "{\"input\": NaN}|line 1",
                "{'input': 1}|line 1",
                "{\"input\": 01}|line 1",
                "{\"input\": 1} x|line 1, column 14",
                "{\"input\": 1}{}|goes on",
                "{\"input\": 1, \"input\": 2}|Duplicate field 'input'",
                "{\"input\": {\"a\": 1, \"a\": 2}}|Duplicate field 'a'",
                "{\"input\": 1e400}|larger than any number of JavaScript",
                "{\"input\": [-1e999]}|larger than any number of JavaScript",
                "[]|not a JSON object",
                "null|not a JSON object",
                "\"text\"|not a JSON object",
            })
    void aBodyThatIsNoJsonIsRefusedWithItsPlace(String body, String words) {
        assertThat(machine.post("/workflows/target/execute", body).requireProblem(400, "FASTN-06001"))
                .contains(words);
    }

    @Test
    void aNumberOfFourHundredDigitsIsRefused() {
        machine.execute("target", "1".repeat(400)).requireProblem(400, "FASTN-06001");
    }

    @Test
    void theFourthLineIsNamed() {
        assertThat(machine.post("/workflows/target/execute", "{\n\"input\":\n{\n  oops\n}}")
                        .requireProblem(400, "FASTN-06001"))
                .contains("line 4, column 3");
        assertThat(machine.put("/workflows/target", "{\n\"code\":\n\"a\nb\"}").requireProblem(400, "FASTN-06001"))
                .contains("line 3");
    }

    @Test
    void tenThousandLevelsAreRefusedWithoutAStackOverflow() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        assertThat(machine.execute("target", deep).requireProblem(400, "FASTN-06001"))
                .contains("depth");
        machine.execute("target", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000))
                .requireProblem(400, "FASTN-06001");
        machine.put("/workflows/target", "{\"code\": " + deep + "}").status();
        assertThat(machine.put("/workflows/target", "{\"code\": " + deep + "}").status())
                .isEqualTo(400);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] broken = "{\"input\": \"__\"}".getBytes(StandardCharsets.UTF_8);
        broken[11] = (byte) 0xC3;
        broken[12] = (byte) 0x28;
        assertThat(machine.post("/workflows/target/execute", broken).requireProblem(400, "FASTN-06001"))
                .contains("UTF-8");
        byte[] overlong = "{\"input\": \"__\"}".getBytes(StandardCharsets.UTF_8);
        overlong[11] = (byte) 0xC0;
        overlong[12] = (byte) 0x80;
        machine.post("/workflows/target/execute", overlong).requireProblem(400, "FASTN-06001");
        machine.post("/workflows/target/execute", "{\"input\": 1}".getBytes(StandardCharsets.UTF_16))
                .requireProblem(400, "FASTN-06001");
    }

    @Test
    void elevenMegabytesAreRefusedWhenTheyAreAnnounced() throws IOException {
        assertThat(exchange("Content-Length: 12000000", 0))
                .startsWith("HTTP/1.1 413")
                .contains("FASTN-06002");
    }

    @Test
    void elevenMegabytesAreRefusedWhileTheyAreRead() throws IOException {
        assertThat(exchange("Transfer-Encoding: chunked", 12_000_000))
                .startsWith("HTTP/1.1 413")
                .contains("FASTN-06002");
    }

    @Test
    void otherKindsOfBodiesAreRefused() {
        for (String[] header : new String[][] {
            {"Content-Encoding", "gzip"},
            {"Content-Type", "application/x-www-form-urlencoded"},
            {"Content-Type", "text/plain"},
            {"Content-Type", "multipart/form-data; boundary=x"}
        }) {
            machine.with(header[0], header[1])
                    .post("/workflows/target/execute", "{\"input\": 1}")
                    .requireProblem(415, "FASTN-06005");
        }
    }

    @Test
    void unknownMembersAreNamed() {
        assertThat(machine.post("/workflows/target/execute", "{\"inputs\": 1}").requireProblem(400, "FASTN-06003"))
                .contains("\"inputs\"");
        assertThat(machine.post("/workflows/target/deploy", "{\"verison\": 1}").requireProblem(400, "FASTN-06003"))
                .contains("\"verison\"")
                .contains("version");
        ObjectNode draft = Machine.draft(CODE, "A", "instant");
        draft.withObject("/configuration").put("timeoutms", 1);
        assertThat(machine.save("target", draft).requireProblem(400, "FASTN-06003"))
                .contains("\"configuration.timeoutms\"")
                .contains("timeoutMs");
        assertThat(machine.post("/workflows/target/execute", "{\"input\": 1, \"headers\": {}}")
                        .requireProblem(400, "FASTN-06003"))
                .contains("Test panel");
    }

    @Test
    void membersOfAnotherTypeAreNamedAndNotConverted() {
        assertThat(machine.put("/workflows/target", "{\"code\": 1, \"configuration\": {\"name\": \"A\"}}")
                        .requireProblem(400, "FASTN-06003"))
                .isEqualTo("member \"code\" is not a string");
        assertThat(machine.put(
                                "/workflows/target",
                                "{\"code\": \"1\", \"configuration\": {\"name\": \"A\", \"timeoutMs\": \"5\"}}")
                        .requireProblem(400, "FASTN-06003"))
                .isEqualTo("member \"configuration.timeoutMs\" is not an integer");
        assertThat(machine.put("/workflows/target", "{\"code\": \"1\", \"configuration\": []}")
                        .requireProblem(400, "FASTN-06003"))
                .isEqualTo("member \"configuration\" is not a JSON object");
        assertThat(machine.put(
                                "/workflows/target",
                                "{\"code\": \"1\", \"configuration\": {\"name\": \"A\", \"concurrency\": {\"runs\": \"5\"}}}")
                        .requireProblem(400, "FASTN-06003"))
                .isEqualTo("member \"configuration.concurrency.runs\" is not an integer");
        assertThat(machine.post("/workflows/target/deploy", "{\"version\": 1.5}")
                        .requireProblem(400, "FASTN-06003"))
                .isEqualTo("member \"version\" is not an integer");
    }

    @Test
    void missingPartsAreNamed() {
        assertThat(machine.put("/workflows/target", "").requireProblem(400, "FASTN-06001"))
                .contains("empty");
        assertThat(machine.put("/workflows/target", "null").requireProblem(400, "FASTN-06001"))
                .contains("null");
        assertThat(machine.put("/workflows/target", "{}").requireProblem(400, "FASTN-06003"))
                .contains("\"code\"");
        assertThat(machine.put("/workflows/target", "{\"code\": \"1\"}").requireProblem(400, "FASTN-06003"))
                .contains("\"configuration\"");
    }

    @Test
    void aNameIsRequired() {
        assertThat(machine.save("nameless", Machine.draft(CODE, "", "instant")).requireProblem(400, "FASTN-04006"))
                .isEqualTo("configuration: Name is required.");
        assertThat(machine.save("nameless", Machine.draft(CODE, " \t", "instant"))
                        .requireProblem(400, "FASTN-04006"))
                .contains("Name is required.");
        machine.get("/workflows/nameless").requireProblem(404, "FASTN-04001");
    }

    @ParameterizedTest
    @CsvSource({
        "instant, 999",
        "instant, 120001",
        "standard, 4999",
        "standard, 900001",
        "long, 29999",
        "long, 21600001",
        "long, -1"
    })
    void aTimeoutOutsideTheRangeOfTheTierIsRefused(String tier, long millis) {
        ObjectNode draft = Machine.draft(CODE, "A", tier);
        draft.withObject("/configuration").put("timeoutMs", millis);

        assertThat(machine.save("target", draft).requireProblem(400, "FASTN-04006"))
                .containsIgnoringCase(tier)
                .contains(String.valueOf(millis));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "standard|{\"runs\": 0}|configuration: concurrency: runs 0 lies outside 1 to 999999",
                "long|{\"key\": \"input.id\", \"runsPerKey\": 1000000}|runs per key 1000000 lies outside 1 to 999999",
                "standard|{\"key\": \"customer.id\", \"runsPerKey\": 1}|key \"customer.id\" is no path into the input",
                "standard|{\"key\": \"input.id\"}|there is a key but no number of runs per key",
                "standard|{\"runsPerKey\": 1}|there is a number of runs per key but no key",
                "instant|{\"runs\": 5}|runs of tier Instant are not counted",
            })
    void limitsThatCanNotBeAreRefused(String tier, String concurrency, String words) {
        String body = "{\"code\": \"1\", \"configuration\": {\"name\": \"A\", \"tier\": \"" + tier
                + "\", \"concurrency\": " + concurrency + "}}";

        assertThat(machine.put("/workflows/target", body).requireProblem(400, "FASTN-04006"))
                .contains(words);
    }

    @Test
    void otherSettingsOutsideTheirRangeAreRefused() {
        machine.save("target", Machine.draft(CODE, "A", "hourly")).requireProblem(400, "FASTN-04006");
        ObjectNode draft = Machine.draft(CODE, "A", "instant");
        draft.withObject("/configuration/retry").put("maxAttempts", 11);
        machine.save("target", draft).requireProblem(400, "FASTN-04006");
        machine.save("target", Machine.draft("a\u0000b", "A", "instant")).requireProblem(400, "FASTN-06003");
        machine.put("/workflows/target", "{\"code\": \"1\", \"configuration\": {\"name\": \"a\\uD800\"}}")
                .requireProblem(400, "FASTN-06003");
        machine.save("target", Machine.draft(CODE, "A", "instant").put("fileName", "../evil.js"))
                .requireProblem(400, "FASTN-06003");
    }

    @Test
    void codeOverOneMegabyteIsNotKept() {
        String large = CODE + "\n//" + "x".repeat(1_000_000);
        machine.save("target", Machine.draft(large, "A", "instant")).requireProblem(413, "FASTN-04007");
        assertThat(machine.save("large", Machine.draft(large, "A", "instant")).requireProblem(413, "FASTN-04007"))
                .contains("1000000");
        machine.get("/workflows/large").requireProblem(404, "FASTN-04001");
    }

    @Test
    void codeOfExactlyOneMegabyteCounts() {
        String umlauts = "//" + "ä".repeat(500_000);
        machine.save("large", Machine.draft(umlauts, "A", "instant")).requireProblem(413, "FASTN-04007");
    }

    @Test
    void unknownWorkflowsAndPathsAre404() {
        assertThat(machine.execute("nowhere", "1").requireProblem(404, "FASTN-04001"))
                .contains("\"nowhere\"");
        for (String path : List.of("", "/versions", "/versions/1", "/bpmn", "/flow")) {
            machine.get("/workflows/nowhere" + path).requireProblem(404, "FASTN-04001");
        }
        machine.post("/workflows/nowhere/publish", "").requireProblem(404, "FASTN-04001");
        machine.post("/workflows/nowhere/deploy", "{\"version\": 1}").requireProblem(404, "FASTN-04001");
        machine.get("/nothing").requireProblem(404, "FASTN-06006");
        assertThat(machine.post("/workflows/target", "{}").requireProblem(404, "FASTN-06006"))
                .contains("POST /fastn/api/v1/workflows/target");
        machine.with("X-HTTP-Method-Override", "PUT")
                .post("/workflows/target", "{}")
                .requireProblem(404, "FASTN-06006");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Target", "a--b", "-a", "a_b", "1a", "a%20b", "%C3%A4", "a.b"})
    void aSlugOfAnotherFormIs400(String slug) {
        machine.execute(slug, "1").requireProblem(400, "FASTN-06003");
        machine.save(slug, Machine.draft(CODE, "A", "instant")).requireProblem(400, "FASTN-06003");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/workflows/%2e%2e/target",
                "/workflows/..;/target",
                "/workflows/x/../target",
                "/workflows/target;a=b",
                "/workflows/a%2fb",
                "/workflows/a%5cb"
            })
    void aPathThatCouldBeReadInTwoWaysIs400(String path) {
        assertThat(machine.get(path).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=201",
                "limit=1000000000",
                "limit=99999999999",
                "limit=x",
                "status=Done",
                "before=yesterday",
                "workflow=A"
            })
    void parametersOfTheExecutionListAreChecked(String parameter) {
        machine.get("/executions?" + parameter).requireProblem(400, "FASTN-06003");
    }

    @Test
    void aVersionThatIsNoNumberIs400() {
        machine.get("/workflows/target/versions/one").requireProblem(400, "FASTN-06003");
        machine.get("/workflows/target/bpmn?version=one").requireProblem(400, "FASTN-06003");
    }

    /** Speaks HTTP by hand, because clients give up sending when the answer comes early. */
    private String exchange(String lengthHeader, int bytes) throws IOException {
        try (Socket socket = new Socket("localhost", host.port())) {
            OutputStream out = socket.getOutputStream();
            StringBuilder head =
                    new StringBuilder("POST /fastn/api/v1/workflows/target/execute HTTP/1.1\r\nHost: localhost\r\n");
            machine.headers()
                    .forEach((name, value) ->
                            head.append(name).append(": ").append(value).append("\r\n"));
            out.write((head + lengthHeader + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            sendChunks(out, bytes);
            return firstBytes(socket.getInputStream());
        }
    }

    private static void sendChunks(OutputStream out, int bytes) throws IOException {
        byte[] chunk = new byte[100_000];
        Arrays.fill(chunk, (byte) ' ');
        try {
            for (int sent = 0; sent < bytes; sent += chunk.length) {
                out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(chunk);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (SocketException e) {
            // The server has answered and closed: what it said is read next.
            assertThat(bytes).isPositive();
        }
    }

    private static String firstBytes(InputStream in) throws IOException {
        byte[] answer = new byte[4_000];
        int read = 0;
        while (read < answer.length) {
            int more = in.read(answer, read, answer.length - read);
            if (more < 0 || new String(answer, 0, read + more, StandardCharsets.UTF_8).contains("}")) {
                read += Math.max(0, more);
                break;
            }
            read += more;
        }
        return new String(answer, 0, read, StandardCharsets.UTF_8);
    }
}
