package ai.fastn.examples.host.demo;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A CRM with deals, in the shapes of HubSpot's CRM API v3. */
@RestController
@RequestMapping("/demo/crm/v3/objects/deals")
class CrmBackEnd {

    private static final int LARGEST_PAGE = 100;

    private final DemoStore store;

    CrmBackEnd(DemoStore store) {
        this.store = store;
    }

    /** One deal; its properties are strings, as in HubSpot. */
    record Deal(String id, @JsonRawValue String properties, Instant updatedAt) {}

    @GetMapping("/{dealId}")
    Deal getDeal(@PathVariable String dealId) {
        return store.sql("SELECT id, properties, updated_at FROM demo.deal WHERE id = ?")
                .param(dealId)
                .query((row, n) -> deal(row))
                .optional()
                .orElseThrow(() -> unknown(dealId));
    }

    /**
     * One page of deals in order of id; {@code paging.next.after} is the cursor of the next page and absent at the end.
     */
    @GetMapping
    Map<String, Object> listDeals(
            @RequestParam(defaultValue = "10") int limit, @RequestParam(defaultValue = "") String after) {
        int size = pageSize(limit);
        List<Deal> found = store.sql(
                        "SELECT id, properties, updated_at FROM demo.deal WHERE id > ? ORDER BY id LIMIT ?")
                .params(after, size + 1)
                .query((row, n) -> deal(row))
                .list();
        return page(found, size);
    }

    /** Deals whose name or company contains a text, in order of id, one page. */
    @GetMapping("/search")
    Map<String, Object> searchDeals(
            @RequestParam String query,
            @RequestParam(defaultValue = "10") int limit,
            @RequestParam(defaultValue = "") String after) {
        int size = pageSize(limit);
        List<Deal> found = store.sql("""
                        SELECT id, properties, updated_at FROM demo.deal
                        WHERE id > ? AND strpos(lower(properties->>'dealname' || ' ' || (properties->>'company')), lower(?)) > 0
                        ORDER BY id LIMIT ?""")
                .params(after, query, size + 1)
                .query((row, n) -> deal(row))
                .list();
        return page(found, size);
    }

    /**
     * Deals that were made or changed since a cursor, the oldest change first; the cursor of the answer goes on behind
     * them, also where there are none.
     */
    @GetMapping("/changes")
    Map<String, Object> listDealChanges(
            @RequestParam(defaultValue = "0") long since, @RequestParam(defaultValue = "10") int limit) {
        int size = pageSize(limit);
        List<Change> found = store.sql(
                        "SELECT id, properties, updated_at, change FROM demo.deal WHERE change > ? ORDER BY change LIMIT ?")
                .params(since, size + 1)
                .query((row, n) -> new Change(deal(row), row.getLong("change")))
                .list();
        List<Change> page = found.subList(0, Math.min(size, found.size()));
        long cursor = page.isEmpty() ? since : page.get(page.size() - 1).number();
        return Map.of(
                "results", page.stream().map(Change::deal).toList(), "cursor", cursor, "hasMore", found.size() > size);
    }

    /** A deal with the number of its last change. */
    private record Change(Deal deal, long number) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Deal createDeal(
            @RequestHeader(name = DemoGate.IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey,
            @RequestBody JsonNode wanted) {
        JsonNode properties = wanted.path("properties");
        if (properties.path("dealname").asText().isBlank()) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_ENTITY, "properties.dealname is required");
        }
        return store.sql("""
                        INSERT INTO demo.deal (id, properties, idempotency_key)
                        VALUES (nextval('demo.deal_id')::text, ?::jsonb, ?)
                        ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = excluded.idempotency_key
                        RETURNING id, properties, updated_at""")
                .params(properties.toString(), idempotencyKey)
                .query((row, n) -> deal(row))
                .single();
    }

    @PatchMapping("/{dealId}")
    Deal updateDeal(@PathVariable String dealId, @RequestBody JsonNode change) {
        return store.sql("""
                        UPDATE demo.deal
                        SET properties = properties || ?::jsonb, updated_at = now(), change = nextval('demo.deal_change')
                        WHERE id = ? RETURNING id, properties, updated_at""")
                .params(change.path("properties").toString(), dealId)
                .query((row, n) -> deal(row))
                .optional()
                .orElseThrow(() -> unknown(dealId));
    }

    @DeleteMapping("/{dealId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteDeal(@PathVariable String dealId) {
        store.sql("DELETE FROM demo.deal WHERE id = ?").param(dealId).update();
    }

    private static int pageSize(int limit) {
        return Math.min(Math.max(limit, 1), LARGEST_PAGE);
    }

    private static Map<String, Object> page(List<Deal> found, int size) {
        if (found.size() <= size) {
            return Map.of("results", found);
        }
        List<Deal> page = found.subList(0, size);
        return Map.of(
                "results",
                page,
                "paging",
                Map.of("next", Map.of("after", page.get(size - 1).id())));
    }

    private static Deal deal(ResultSet row) throws SQLException {
        return new Deal(
                row.getString("id"),
                row.getString("properties"),
                row.getTimestamp("updated_at").toInstant());
    }

    private static ResponseStatusException unknown(String dealId) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "deal " + dealId + " does not exist");
    }
}
