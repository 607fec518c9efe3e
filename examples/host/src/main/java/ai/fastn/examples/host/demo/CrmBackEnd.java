package ai.fastn.examples.host.demo;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
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
        int size = Math.min(Math.max(limit, 1), LARGEST_PAGE);
        List<Deal> found = store.sql(
                        "SELECT id, properties, updated_at FROM demo.deal WHERE id > ? ORDER BY id LIMIT ?")
                .params(after, size + 1)
                .query((row, n) -> deal(row))
                .list();
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

    @PatchMapping("/{dealId}")
    Deal updateDeal(@PathVariable String dealId, @RequestBody JsonNode change) {
        int changed = store.sql(
                        "UPDATE demo.deal SET properties = properties || ?::jsonb, updated_at = now() WHERE id = ?")
                .params(change.path("properties").toString(), dealId)
                .update();
        if (changed == 0) {
            throw unknown(dealId);
        }
        return getDeal(dealId);
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
