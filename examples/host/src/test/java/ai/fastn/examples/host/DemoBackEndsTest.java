package ai.fastn.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.examples.host.demo.DemoBackEnd;
import ai.fastn.examples.host.demo.DemoStore;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

class DemoBackEndsTest extends RunningHost {

    private final DemoStore store;

    @Autowired
    DemoBackEndsTest(@Value("${fastn.host.url}") String url, DemoStore store) {
        super(url);
        this.store = store;
    }

    @Test
    void eachBackEndRefusesACallerWithoutItsKey() {
        for (String path : List.of(
                "/demo/crm/v3/objects/deals",
                "/demo/gamma/v1.0/generations/x",
                "/demo/mail/v1/users/me/profile",
                "/demo/shop/api/orders/1001",
                "/demo/report/v1/sales/2026-01-01")) {
            assertThat(get(path).getStatusCode().value()).as(path).isEqualTo(401);
        }
    }

    @Test
    void theCrmPagesThroughItsDealsWithACursor() {
        List<String> ids = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = body(call(DemoBackEnd.CRM, HttpMethod.GET, "/crm/v3/objects/deals?limit=5&after=" + after));
            page.get("results").forEach(deal -> ids.add(deal.get("id").asText()));
            after = page.at("/paging/next/after").asText();
        } while (!after.isEmpty());

        assertThat(ids).hasSize(12).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void theCrmKeepsWhatAnUpdateSays() {
        String deal = "/crm/v3/objects/deals/9010";

        JsonNode updated = body(call(
                DemoBackEnd.CRM, HttpMethod.PATCH, deal, Map.of("properties", Map.of("deck_url", "https://x")), null));

        assertThat(updated.at("/properties/deck_url").asText()).isEqualTo("https://x");
        assertThat(body(call(DemoBackEnd.CRM, HttpMethod.GET, deal))
                        .at("/properties/dealname")
                        .asText())
                .isEqualTo("Cyberdyne rollout");
        assertThat(status(call(DemoBackEnd.CRM, HttpMethod.GET, "/crm/v3/objects/deals/1")))
                .isEqualTo(404);
    }

    @Test
    void aGenerationIsPendingUntilItWasAskedForThreeTimes() {
        var wanted = Map.of("title", "Test Deck", "inputText", "one", "workspaceToken", "sales-workspace-token");
        String id = body(call(DemoBackEnd.GAMMA, HttpMethod.POST, "/gamma/v1.0/generations", wanted, null))
                .get("generationId")
                .asText();

        List<String> statuses = new ArrayList<>();
        for (int poll = 0; poll < 4; poll++) {
            statuses.add(body(call(DemoBackEnd.GAMMA, HttpMethod.GET, "/gamma/v1.0/generations/" + id))
                    .get("status")
                    .asText());
        }

        assertThat(statuses).containsExactly("pending", "pending", "completed", "completed");
    }

    @Test
    void theGeneratorAsksForTheWorkspaceToken() {
        var wanted = Map.of("title", "Test Deck", "inputText", "one", "workspaceToken", "guessed");

        assertThat(status(call(DemoBackEnd.GAMMA, HttpMethod.POST, "/gamma/v1.0/generations", wanted, null)))
                .isEqualTo(403);
    }

    @Test
    void theSameIdempotencyKeyCreatesOneMessage() {
        var message = Map.of("to", "ada@example.com", "subject", "Once", "body", "only");
        String path = "/mail/v1/users/me/messages/send";

        JsonNode first = body(call(DemoBackEnd.MAIL, HttpMethod.POST, path, message, "run-1:3"));
        JsonNode second = body(call(DemoBackEnd.MAIL, HttpMethod.POST, path, message, "run-1:3"));

        assertThat(second).isEqualTo(first);
        assertThat(count("SELECT count(*) FROM demo.mail WHERE subject = 'Once'"))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM demo.request WHERE idempotency_key = 'run-1:3'"))
                .isEqualTo(2);
    }

    @Test
    void anAddressThatBouncesIsRefused() {
        var message = Map.of("to", "gone@bounce.example", "subject", "Bounced", "body", "x");

        assertThat(status(call(DemoBackEnd.MAIL, HttpMethod.POST, "/mail/v1/users/me/messages/send", message, null)))
                .isEqualTo(422);
        assertThat(count("SELECT count(*) FROM demo.mail WHERE subject = 'Bounced'"))
                .isZero();
    }

    @Test
    void theReportServerFailsTwiceForEachDayUntilItIsReset() {
        String day = "/report/v1/sales/2026-02-03";

        List<Integer> statuses = new ArrayList<>();
        for (int attempt = 0; attempt < 3; attempt++) {
            statuses.add(status(call(DemoBackEnd.REPORT, HttpMethod.GET, day)));
        }
        call(DemoBackEnd.REPORT, HttpMethod.DELETE, day + "/attempts");
        statuses.add(status(call(DemoBackEnd.REPORT, HttpMethod.GET, day)));

        assertThat(statuses).containsExactly(503, 503, 200, 503);
    }

    @Test
    void theShopKnowsOrdersAndStockAndKeepsADecision() {
        assertThat(body(call(DemoBackEnd.SHOP, HttpMethod.GET, "/shop/api/orders/1002"))
                        .get("lines"))
                .hasSize(2);
        assertThat(body(call(DemoBackEnd.SHOP, HttpMethod.GET, "/shop/api/stock/DESK-02"))
                        .get("available")
                        .asInt())
                .isEqualTo(4);

        call(DemoBackEnd.SHOP, HttpMethod.PUT, "/shop/api/orders/1002/decision", Map.of("decision", "ship"), null);

        assertThat(count("SELECT count(*) FROM demo.shop_order WHERE id = '1002' AND decision = 'ship'"))
                .isEqualTo(1);
    }

    private ResponseEntity<JsonNode> call(DemoBackEnd backEnd, HttpMethod method, String path) {
        return http().method(method)
                .uri("/demo" + path)
                .header("X-API-KEY", backEnd.apiKey())
                .retrieve()
                .toEntity(JsonNode.class);
    }

    private ResponseEntity<JsonNode> call(
            DemoBackEnd backEnd, HttpMethod method, String path, Object body, @Nullable String idempotencyKey) {
        return http().method(method)
                .uri("/demo" + path)
                .headers(headers -> {
                    headers.setBearerAuth(backEnd.apiKey());
                    if (idempotencyKey != null) {
                        headers.set("Idempotency-Key", idempotencyKey);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .toEntity(JsonNode.class);
    }

    private static int status(ResponseEntity<JsonNode> answer) {
        return answer.getStatusCode().value();
    }

    private static JsonNode body(ResponseEntity<JsonNode> answer) {
        JsonNode body = answer.getBody();
        assertThat(answer.getStatusCode().is2xxSuccessful())
                .as("answer " + answer.getStatusCode() + " " + body)
                .isTrue();
        assertThat(body).isNotNull();
        return Objects.requireNonNull(body);
    }

    private int count(String query) {
        return store.sql(query).query(Integer.class).single();
    }
}
