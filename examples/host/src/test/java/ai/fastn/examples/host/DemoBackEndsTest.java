package ai.fastn.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.examples.host.demo.DemoBackEnd;
import ai.fastn.examples.host.demo.DemoStore;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

class DemoBackEndsTest extends RunningHost {

    private final DemoStore store;
    private final Environment environment;

    @Autowired
    DemoBackEndsTest(@Value("${fastn.host.url}") String url, DemoStore store, Environment environment) {
        super(url);
        this.store = store;
        this.environment = environment;
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

    @Test
    void aDealIsMadeFoundChangedAndDeleted() {
        String deals = "/crm/v3/objects/deals";
        long before = body(call(DemoBackEnd.CRM, HttpMethod.GET, deals + "/changes?limit=100"))
                .get("cursor")
                .asLong();
        var wanted = Map.of("properties", Map.of("dealname", "Test rollout", "company", "Zorg"));

        JsonNode made = body(call(DemoBackEnd.CRM, HttpMethod.POST, deals, wanted, "run-2:1"));
        JsonNode again = body(call(DemoBackEnd.CRM, HttpMethod.POST, deals, wanted, "run-2:1"));
        String id = made.get("id").asText();
        call(DemoBackEnd.CRM, HttpMethod.PATCH, deals + "/" + id, Map.of("properties", Map.of("amount", "1")), null);
        JsonNode found = body(call(DemoBackEnd.CRM, HttpMethod.GET, deals + "/search?query=zOrG"));
        JsonNode changes = body(call(DemoBackEnd.CRM, HttpMethod.GET, deals + "/changes?since=" + before));
        call(DemoBackEnd.CRM, HttpMethod.DELETE, deals + "/" + id);

        assertThat(again).isEqualTo(made);
        assertThat(found.at("/results/0/properties/amount").asText()).isEqualTo("1");
        assertThat(changes.get("results").findValuesAsText("id")).containsExactly(id);
        assertThat(changes.get("cursor").asLong()).isGreaterThan(before);
        assertThat(changes.get("hasMore").asBoolean()).isFalse();
        assertThat(status(call(DemoBackEnd.CRM, HttpMethod.GET, deals + "/" + id)))
                .isEqualTo(404);
    }

    @Test
    void anOrderIsPlacedPricedAndListedPageByPage() {
        var wanted = Map.of(
                "customer",
                "Zorg",
                "email",
                "z@zorg.example",
                "country",
                "US",
                "lines",
                List.of(Map.of("sku", "DESK-02", "quantity", 2)));
        try {
            JsonNode placed = body(call(DemoBackEnd.SHOP, HttpMethod.POST, "/shop/api/orders", wanted, "run-3:1"));
            JsonNode again = body(call(DemoBackEnd.SHOP, HttpMethod.POST, "/shop/api/orders", wanted, "run-3:1"));
            JsonNode page = body(call(DemoBackEnd.SHOP, HttpMethod.GET, "/shop/api/orders?limit=3"));
            JsonNode rest = body(call(
                    DemoBackEnd.SHOP,
                    HttpMethod.GET,
                    "/shop/api/orders?limit=3&after=" + page.get("next").asText()));

            assertThat(placed.get("total").asInt()).isEqualTo(1180);
            assertThat(again).isEqualTo(placed);
            assertThat(page.get("orders").findValuesAsText("id")).containsExactly("1001", "1002", "1003");
            assertThat(rest.get("orders").findValuesAsText("customer")).containsExactly("Zorg");
            assertThat(body(call(DemoBackEnd.SHOP, HttpMethod.GET, "/shop/api/orders?customer=zorg"))
                            .get("orders"))
                    .hasSize(1);
        } finally {
            store.sql(
                            "DELETE FROM demo.shop_order_line WHERE order_id IN (SELECT id FROM demo.shop_order WHERE customer = 'Zorg')")
                    .update();
            store.sql("DELETE FROM demo.shop_order WHERE customer = 'Zorg'").update();
        }
    }

    @Test
    void articlesAreFoundByNameAndCounted() {
        JsonNode found = body(call(DemoBackEnd.SHOP, HttpMethod.GET, "/shop/api/stock?query=desk"));
        JsonNode counted =
                body(call(DemoBackEnd.SHOP, HttpMethod.PUT, "/shop/api/stock/CHAIR-01", Map.of("available", 25), null));

        assertThat(found.get("articles").findValuesAsText("sku")).containsExactly("DESK-02", "LAMP-03");
        assertThat(counted.get("available").asInt()).isEqualTo(25);
    }

    @Test
    void theMailServerTakesMailOnItsPortAndShowsARepetitionOnce() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(smtp("ada@example.com", "Message-ID: <one@test>\r\nSubject: By hand\r\n\r\nHello"))
                    .contains("250");
        }
        assertThat(smtp("gone@bounce.example", "Subject: Never\r\n\r\nx")).contains("550");

        JsonNode inbox = http().get().uri("/demo/inbox").retrieve().body(JsonNode.class);

        assertThat(Objects.requireNonNull(inbox))
                .filteredOn(message -> message.get("subject").asText().equals("By hand"))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.get("to").asText()).isEqualTo("ada@example.com");
                    assertThat(message.get("body").asText()).isEqualTo("Hello");
                    assertThat(message.get("deliveries").asInt()).isEqualTo(2);
                });
    }

    /** The last answer of the server. */
    private String smtp(String recipient, String message) throws IOException {
        int port = environment.getRequiredProperty("fastn.host.smtp-port", Integer.class);
        try (Socket socket = new Socket("localhost", port);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String answer = in.readLine();
            for (String line : List.of(
                    "HELO test",
                    "MAIL FROM:<test@example.com>",
                    "RCPT TO:<" + recipient + ">",
                    "DATA",
                    message + "\r\n.")) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                answer = in.readLine();
                if (answer.startsWith("5")) {
                    return answer;
                }
            }
            return answer;
        }
    }

    @Test
    void theCarrierAsksForATokenThatReallyEnds() {
        assertThat(carrier(null)).isEqualTo(401);
        assertThat(token("grant_type=client_credentials&client_id=fastn-demo&client_secret=wrong")
                        .getStatusCode()
                        .value())
                .isEqualTo(401);
        JsonNode first = body(
                token("grant_type=client_credentials&client_id=fastn-demo&client_secret=" + "carrier-client-secret"));
        assertThat(carrier(first.get("access_token").asText())).isEqualTo(200);

        String refresh =
                "grant_type=refresh_token&client_id=fastn-demo&client_secret=carrier-client-secret&refresh_token="
                        + first.get("refresh_token").asText();
        JsonNode second = body(token(refresh));
        assertThat(token(refresh).getStatusCode().value()).isEqualTo(400);
        store.sql("UPDATE demo.carrier_token SET expires_at = now() WHERE access_token = ?")
                .param(second.get("access_token").asText())
                .update();
        assertThat(carrier(second.get("access_token").asText())).isEqualTo(401);
    }

    private ResponseEntity<JsonNode> token(String form) {
        return http().post()
                .uri("/demo/carrier/oauth/token")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form)
                .retrieve()
                .toEntity(JsonNode.class);
    }

    private int carrier(@Nullable String token) {
        return http().get()
                .uri("/demo/carrier/v1/parcels")
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .retrieve()
                .toEntity(JsonNode.class)
                .getStatusCode()
                .value();
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
