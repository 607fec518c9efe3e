package ai.fastn.examples.host.demo;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A presentation generator: a generation is pending at first and completed after it was asked for a few times. */
@RestController
@RequestMapping("/demo/gamma/v1.0/generations")
class GammaBackEnd {

    /** What a workspace of the generator asks for beside the API key. */
    static final String WORKSPACE_TOKEN = "sales-workspace-token";

    private static final int POLLS_UNTIL_COMPLETED = 3;

    private final DemoStore store;

    GammaBackEnd(DemoStore store) {
        this.store = store;
    }

    /** What to generate; the token names the workspace that files the deck. */
    record Wanted(
            @Nullable String title,
            @Nullable String inputText,
            @Nullable String format,
            @Nullable Integer numCards,
            @Nullable String workspaceToken) {}

    private record Generation(String id, String title, int pollsLeft) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> createGeneration(
            @RequestHeader(name = DemoGate.IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey,
            @RequestBody Wanted wanted) {
        if (!WORKSPACE_TOKEN.equals(wanted.workspaceToken())) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, "the workspace token is not known");
        }
        if (wanted.title() == null || wanted.inputText() == null) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_ENTITY, "title and inputText are required");
        }
        String id = store.sql("""
                        INSERT INTO demo.generation (id, idempotency_key, title, input_text, format, num_cards, polls_left)
                        VALUES (:id, :key, :title, :text, :format, :cards, :polls)
                        ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = excluded.idempotency_key
                        RETURNING id
                        """)
                .param("id", "gen_" + UUID.randomUUID())
                .param("key", idempotencyKey)
                .param("title", wanted.title())
                .param("text", wanted.inputText())
                .param("format", wanted.format() == null ? "presentation" : wanted.format())
                .param("cards", wanted.numCards() == null ? 10 : wanted.numCards())
                .param("polls", POLLS_UNTIL_COMPLETED)
                .query(String.class)
                .single();
        return Map.of("generationId", id, "status", "pending");
    }

    @GetMapping("/{generationId}")
    Map<String, Object> getGeneration(@PathVariable String generationId) {
        Generation generation = store.sql("""
                        UPDATE demo.generation SET polls_left = greatest(polls_left - 1, 0) WHERE id = ?
                        RETURNING id, title, polls_left
                        """)
                .param(generationId)
                .query((row, n) ->
                        new Generation(row.getString("id"), row.getString("title"), row.getInt("polls_left")))
                .optional()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "generation " + generationId + " does not exist"));
        return generation.pollsLeft() > 0
                ? Map.of("generationId", generation.id(), "status", "pending")
                : Map.of(
                        "generationId",
                        generation.id(),
                        "status",
                        "completed",
                        "gammaUrl",
                        address(generation.title()));
    }

    private static String address(String title) {
        return "https://gamma.app/docs/" + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
