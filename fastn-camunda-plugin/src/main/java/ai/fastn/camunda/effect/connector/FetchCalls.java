package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.AbortableCalls;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.effect.Scenario;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * {@code fetch}: to the hosts that the operator has listed, never repeated by itself. GET and HEAD read; anything else
 * writes, and is in doubt when the run dies in it, unless the author gave it an {@code Idempotency-Key}.
 */
public final class FetchCalls implements Effect, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(60);
    private static final Duration LONGEST_LIMIT = Duration.ofMinutes(10);
    private static final Set<String> READING = Set.of("fetch.GET", "fetch.HEAD");

    private final EgressGuard guard;
    private final FetchHosts hosts;
    private final CloseableHttpClient client;
    private final AbortableCalls calls = new AbortableCalls("fastn-fetch");

    public FetchCalls(EgressGuard guard, FetchHosts hosts) {
        this.guard = guard;
        this.hosts = hosts;
        this.client = CallClient.of(guard);
    }

    @Override
    public String family() {
        return "fetch";
    }

    @Override
    public StepKind kind(EffectRequest request) {
        return READING.contains(request.name()) ? StepKind.READ : StepKind.WRITE;
    }

    @Override
    public InDoubt inDoubt(EffectRequest request) {
        return isHarmless(request) ? InDoubt.RETRY : InDoubt.FAIL;
    }

    private boolean isHarmless(EffectRequest request) {
        if (kind(request) == StepKind.READ) {
            return true;
        }
        for (JsonNode header : arguments(request).path("headers")) {
            if (header.path(0).asText().equals("idempotency-key")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
        FetchFailure failure = new FetchFailure(isHarmless(request));
        try {
            FetchRequest fetch = FetchRequest.of(arguments(request));
            return call(fetch, limit(fetch, scope), failure);
        } catch (FastnException e) {
            return failure.refused(e);
        }
    }

    /** An answer with an error is a response like any other. */
    @Override
    public Optional<EffectOutcome> imitated(
            EffectRequest request, Scenario scenario, TenantId tenant, ConnectorVersions versions) {
        if (scenario == Scenario.TIMEOUT) {
            return Optional.of(new FetchFailure(isHarmless(request)).late());
        }
        Optional<Header> wait = scenario.retryAfter().map(seconds -> new BasicHeader("Retry-After", seconds));
        return Optional.of(new EffectOutcome.Succeeded(json(FetchExchange.Answer.empty(scenario.status(), wait))));
    }

    private static Duration limit(FetchRequest fetch, EffectScope scope) {
        Duration asked = fetch.timeout().orElse(USUAL_LIMIT);
        Duration limit = asked.compareTo(LONGEST_LIMIT) < 0 ? asked : LONGEST_LIMIT;
        return limit.compareTo(scope.remaining()) < 0 ? limit : scope.remaining();
    }

    private EffectOutcome call(FetchRequest fetch, Duration limit, FetchFailure failure) {
        FetchExchange exchange = new FetchExchange(client, guard, hosts, fetch);
        try {
            return new EffectOutcome.Succeeded(json(calls.call(exchange::perform, limit, exchange::abort)));
        } catch (InterruptedException e) {
            return failure.interrupted();
        } catch (TimeoutException e) {
            return failure.late();
        } catch (ExecutionException e) {
            return failed(e.getCause(), failure);
        }
    }

    private static EffectOutcome failed(@Nullable Throwable cause, FetchFailure failure) {
        if (cause instanceof FastnException refused) {
            return failure.refused(refused);
        }
        if (cause instanceof IOException io) {
            return failure.broken(io);
        }
        throw new IllegalStateException("bug: fetch failed", cause);
    }

    private static String json(FetchExchange.Answer answer) {
        ObjectNode json = JSON.createObjectNode()
                .put("url", answer.url().toString())
                .put("status", answer.status())
                .put("statusText", answer.reason())
                .put("redirected", answer.redirected());
        for (Header header : answer.headers()) {
            json.withArray("headers")
                    .addArray()
                    .add(header.getName().toLowerCase(Locale.ROOT))
                    .add(String.valueOf(header.getValue()));
        }
        json.set("body", body(answer.body()));
        return json.toString();
    }

    /** Text where the bytes are that of a text, which takes less room and less time in the sandbox. */
    private static JsonNode body(ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            return JSON.nullNode();
        }
        boolean marked = bytes.get(0) == (byte) 0xEF; // perhaps the mark of an encoding, which a text does not have
        try {
            return marked ? encoded(bytes) : text(bytes);
        } catch (CharacterCodingException e) {
            return encoded(bytes); // no text
        }
    }

    private static JsonNode text(ByteBuffer bytes) throws CharacterCodingException {
        CharSequence text = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate());
        return JSON.createObjectNode().put("text", text.toString());
    }

    private static JsonNode encoded(ByteBuffer bytes) {
        return JSON.createObjectNode()
                .put(
                        "bytes",
                        StandardCharsets.ISO_8859_1
                                .decode(Base64.getEncoder().encode(bytes.duplicate()))
                                .toString());
    }

    private static JsonNode arguments(EffectRequest request) {
        try {
            return JSON.readTree(request.arguments());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: arguments of " + request.name() + " are not JSON", e);
        }
    }

    @Override
    public void close() {
        calls.close();
        client.close(CloseMode.IMMEDIATE);
    }
}
