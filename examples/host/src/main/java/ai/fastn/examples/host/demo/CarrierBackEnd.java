package ai.fastn.examples.host.demo;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A carrier of parcels, whose API asks for a token of {@link CarrierTokens}. The label of a parcel takes a while. */
@RestController
@RequestMapping("/demo/carrier/v1/parcels")
class CarrierBackEnd {

    private static final int SECONDS_UNTIL_READY = 5;
    private static final int LARGEST_PAGE = 100;
    private static final String PARCEL = "SELECT id, reference, recipient, country, ready_at FROM demo.parcel";

    private final DemoStore store;
    private final CarrierTokens tokens;

    CarrierBackEnd(DemoStore store, CarrierTokens tokens) {
        this.store = store;
        this.tokens = tokens;
    }

    /** What is to be sent. */
    record Booking(String reference, String recipient, String country) {}

    /** A booked parcel; the label is there as soon as its status is {@code ready}. */
    record Parcel(
            String id,
            String reference,
            String recipient,
            String country,
            String status,
            @Nullable String label) {}

    /** Asked before each of the requests below. */
    @ModelAttribute
    void requireToken(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        if (!tokens.accepts(authorization)) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "the token is unknown or has expired");
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Parcel bookParcel(
            @RequestHeader(name = DemoGate.IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey,
            @RequestBody Booking booking) {
        String id = store.sql("""
                        INSERT INTO demo.parcel (id, idempotency_key, reference, recipient, country, ready_at)
                        VALUES (?, ?, ?, ?, ?, now() + make_interval(secs => ?))
                        ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = excluded.idempotency_key
                        RETURNING id""")
                .params("pcl_" + UUID.randomUUID(), idempotencyKey, booking.reference())
                .params(booking.recipient(), booking.country(), SECONDS_UNTIL_READY)
                .query(String.class)
                .single();
        return getParcel(id);
    }

    @GetMapping("/{parcelId}")
    Parcel getParcel(@PathVariable String parcelId) {
        return store.sql(PARCEL + " WHERE id = ?")
                .param(parcelId)
                .query((row, n) -> parcel(
                        row.getString("id"),
                        row.getString("reference"),
                        row.getString("recipient"),
                        row.getString("country"),
                        row.getTimestamp("ready_at")))
                .optional()
                .orElseThrow(() ->
                        new ResponseStatusException(HttpStatus.NOT_FOUND, "parcel " + parcelId + " does not exist"));
    }

    /** One page in order of id; {@code next} is absent at the end. */
    @GetMapping
    Map<String, Object> listParcels(
            @RequestParam(defaultValue = "20") int limit, @RequestParam(defaultValue = "") String after) {
        int size = Math.min(Math.max(limit, 1), LARGEST_PAGE);
        List<String> found = store.sql("SELECT id FROM demo.parcel WHERE id > ? ORDER BY id LIMIT ?")
                .params(after, size + 1)
                .query(String.class)
                .list();
        List<Parcel> page = found.stream().limit(size).map(this::getParcel).toList();
        return found.size() <= size
                ? Map.of("parcels", page)
                : Map.of("parcels", page, "next", page.get(size - 1).id());
    }

    private static Parcel parcel(String id, String reference, String recipient, String country, Timestamp readyAt) {
        boolean ready = !readyAt.toInstant().isAfter(Instant.now());
        return new Parcel(
                id, reference, recipient, country, ready ? "ready" : "printing", ready ? "LABEL-" + reference : null);
    }
}
