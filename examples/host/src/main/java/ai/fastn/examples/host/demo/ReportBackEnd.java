package ai.fastn.examples.host.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A report server that is not well at night: for each day the first two requests end with 503, later ones work. */
@RestController
@RequestMapping("/demo/report/v1/sales/{day}")
class ReportBackEnd {

    private static final int FAILURES = 2;

    private final DemoStore store;

    ReportBackEnd(DemoStore store) {
        this.store = store;
    }

    /** The sales of one region. */
    record Region(String region, int orders, int revenue) {}

    @GetMapping
    Map<String, Object> getSales(@PathVariable LocalDate day) {
        int attempt = store.sql("""
                        INSERT INTO demo.report_attempt (day, attempts) VALUES (?, 1)
                        ON CONFLICT (day) DO UPDATE SET attempts = report_attempt.attempts + 1
                        RETURNING attempts
                        """).param(day.toString()).query(Integer.class).single();
        if (attempt <= FAILURES) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, "the sales of " + day + " are being computed");
        }
        int seed = day.getDayOfMonth();
        return Map.of(
                "day",
                day,
                "currency",
                "EUR",
                "regions",
                List.of(
                        new Region("North", 12 + seed, 4800 + 100 * seed),
                        new Region("South", 7 + seed, 2100 + 90 * seed),
                        new Region("West", 0, 0)));
    }

    /** Makes the next two requests for this day fail again. */
    @DeleteMapping("/attempts")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset(@PathVariable LocalDate day) {
        store.sql("DELETE FROM demo.report_attempt WHERE day = ?")
                .param(day.toString())
                .update();
    }
}
