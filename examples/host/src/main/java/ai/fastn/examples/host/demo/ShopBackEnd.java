package ai.fastn.examples.host.demo;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A shop: orders with lines, stock, and the decision that was taken about an order. */
@RestController
@RequestMapping("/demo/shop/api")
class ShopBackEnd {

    private static final String ORDER = "SELECT id, customer, email, country, total FROM demo.shop_order";
    private static final String STOCK = "SELECT sku, name, price, available FROM demo.stock";
    private static final int LARGEST_PAGE = 100;

    private final DemoStore store;

    ShopBackEnd(DemoStore store) {
        this.store = store;
    }

    /** One article of an order. */
    record Line(String sku, int quantity) {}

    /** One order with its lines. */
    record Order(
            String id, String customer, @Nullable String email, String country, BigDecimal total, List<Line> lines) {}

    /** What was decided about an order. */
    record Decision(String decision) {}

    /** An order that somebody places. */
    record NewOrder(String customer, String email, String country, List<Line> lines) {}

    @GetMapping("/orders/{orderId}")
    Order getOrder(@PathVariable String orderId) {
        return store.sql(ORDER + " WHERE id = ?")
                .param(orderId)
                .query((row, n) -> order(row))
                .optional()
                .orElseThrow(() -> notFound("order " + orderId));
    }

    /** One page of orders in order of id, of all customers or one; {@code next} is absent at the end. */
    @GetMapping("/orders")
    Map<String, Object> listOrders(
            @RequestParam(defaultValue = "") String customer,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(defaultValue = "") String after) {
        int size = Math.min(Math.max(limit, 1), LARGEST_PAGE);
        List<Order> found = store.sql(
                        ORDER + " WHERE id > ? AND (? = '' OR lower(customer) = lower(?)) ORDER BY id LIMIT ?")
                .params(after, customer, customer, size + 1)
                .query((row, n) -> order(row))
                .list();
        List<Order> page = found.subList(0, Math.min(size, found.size()));
        return found.size() <= size
                ? Map.of("orders", page)
                : Map.of("orders", page, "next", page.get(size - 1).id());
    }

    /** Prices what is ordered. */
    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    Order createOrder(
            @RequestHeader(name = DemoGate.IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey,
            @RequestBody NewOrder wanted) {
        if (wanted.lines().isEmpty()) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_ENTITY, "an order has at least one line");
        }
        BigDecimal total = wanted.lines().stream()
                .map(line -> price(line.sku()).multiply(BigDecimal.valueOf(line.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        String id = store.sql("""
                        INSERT INTO demo.shop_order (id, customer, email, country, total, idempotency_key)
                        VALUES (nextval('demo.shop_order_id')::text, ?, ?, ?, ?, ?)
                        ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = excluded.idempotency_key
                        RETURNING id""")
                .params(wanted.customer(), wanted.email(), wanted.country(), total, idempotencyKey)
                .query(String.class)
                .single();
        wanted.lines()
                .forEach(line -> store.sql(
                                "INSERT INTO demo.shop_order_line (order_id, sku, quantity) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                        .params(id, line.sku(), line.quantity())
                        .update());
        return getOrder(id);
    }

    private BigDecimal price(String sku) {
        return store.sql("SELECT price FROM demo.stock WHERE sku = ?")
                .param(sku)
                .query(BigDecimal.class)
                .optional()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.UNPROCESSABLE_ENTITY, "article " + sku + " does not exist"));
    }

    private Order order(ResultSet row) throws SQLException {
        String id = row.getString("id");
        List<Line> lines = store.sql("SELECT sku, quantity FROM demo.shop_order_line WHERE order_id = ? ORDER BY sku")
                .param(id)
                .query((line, n) -> new Line(line.getString("sku"), line.getInt("quantity")))
                .list();
        return new Order(
                id,
                row.getString("customer"),
                row.getString("email"),
                row.getString("country"),
                row.getBigDecimal("total"),
                lines);
    }

    /** Articles whose name contains a text, in order of their numbers. */
    @GetMapping("/stock")
    Map<String, Object> searchStock(@RequestParam(defaultValue = "") String query) {
        return Map.of(
                "articles",
                store.sql(STOCK + " WHERE strpos(lower(name), lower(?)) > 0 ORDER BY sku")
                        .param(query)
                        .query()
                        .listOfRows());
    }

    /** How many there are after a delivery or a count. */
    @PutMapping("/stock/{sku}")
    Map<String, Object> setStock(@PathVariable String sku, @RequestBody Count count) {
        store.sql("UPDATE demo.stock SET available = ? WHERE sku = ?")
                .params(count.available(), sku)
                .update();
        return getStock(sku);
    }

    /** So many are there. */
    record Count(int available) {}

    /** The customer was told of the order. */
    @PutMapping("/orders/{orderId}/confirmation")
    Map<String, Object> confirmOrder(@PathVariable String orderId) {
        int changed = store.sql("UPDATE demo.shop_order SET confirmed_at = coalesce(confirmed_at, now()) WHERE id = ?")
                .param(orderId)
                .update();
        if (changed == 0) {
            throw notFound("order " + orderId);
        }
        return Map.of("orderId", orderId, "confirmed", true);
    }

    @GetMapping("/stock/{sku}")
    Map<String, Object> getStock(@PathVariable String sku) {
        return store.sql(STOCK + " WHERE sku = ?").param(sku).query().listOfRows().stream()
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
