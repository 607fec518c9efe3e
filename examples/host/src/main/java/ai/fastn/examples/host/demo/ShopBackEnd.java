package ai.fastn.examples.host.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A shop: orders with lines, stock, and the decision that was taken about an order. */
@RestController
@RequestMapping("/demo/shop/api")
class ShopBackEnd {

    private final DemoStore store;

    ShopBackEnd(DemoStore store) {
        this.store = store;
    }

    /** One article of an order. */
    record Line(String sku, int quantity) {}

    /** One order with its lines. */
    record Order(String id, String customer, String country, BigDecimal total, List<Line> lines) {}

    /** What was decided about an order. */
    record Decision(String decision) {}

    @GetMapping("/orders/{orderId}")
    Order getOrder(@PathVariable String orderId) {
        List<Line> lines = store.sql("SELECT sku, quantity FROM demo.shop_order_line WHERE order_id = ? ORDER BY sku")
                .param(orderId)
                .query((row, n) -> new Line(row.getString("sku"), row.getInt("quantity")))
                .list();
        return store.sql("SELECT id, customer, country, total FROM demo.shop_order WHERE id = ?")
                .param(orderId)
                .query((row, n) -> new Order(
                        row.getString("id"),
                        row.getString("customer"),
                        row.getString("country"),
                        row.getBigDecimal("total"),
                        lines))
                .optional()
                .orElseThrow(() -> notFound("order " + orderId));
    }

    @GetMapping("/stock/{sku}")
    Map<String, Object> getStock(@PathVariable String sku) {
        return store
                .sql("SELECT sku, name, available FROM demo.stock WHERE sku = ?")
                .param(sku)
                .query()
                .listOfRows()
                .stream()
                .findFirst()
                .orElseThrow(() -> notFound("article " + sku));
    }

    @PutMapping("/orders/{orderId}/decision")
    Map<String, Object> decideOrder(@PathVariable String orderId, @RequestBody Decision decision) {
        int changed = store.sql("UPDATE demo.shop_order SET decision = ? WHERE id = ?")
                .params(decision.decision(), orderId)
                .update();
        if (changed == 0) {
            throw notFound("order " + orderId);
        }
        return Map.of("orderId", orderId, "decision", decision.decision());
    }

    private static ResponseStatusException notFound(String what) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, what + " does not exist");
    }
}
