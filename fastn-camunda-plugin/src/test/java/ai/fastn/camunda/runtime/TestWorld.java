package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The outside world of a test. Connector {@code world}: {@code read} echoes, {@code tick} answers differently every
 * time, {@code write} is remembered and recognises repetitions, {@code once} does not and must not be repeated unasked,
 * {@code flaky} fails a number of times first, {@code fail} fails until two notifications were written, {@code meet}
 * waits until two calls are open at once, {@code hang} never answers, {@code large} answers with so many characters.
 */
final class TestWorld implements Effect {

    private final List<String> calls = new ArrayList<>();
    private final Map<String, String> writes = new LinkedHashMap<>();
    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private CrashPoints crashes = CrashPoints.none();
    private final CountDownLatch meeting = new CountDownLatch(2);
    private int ticks;

    /** A new world that crashes at other points. */
    synchronized void reset(CrashPoints points) {
        calls.clear();
        writes.clear();
        failures.clear();
        crashes = points;
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** How many different things were written. */
    synchronized int writes() {
        return writes.size();
    }

    private synchronized CrashPoints crashes() {
        return crashes;
    }

    @Override
    public String family() {
        return "connector";
    }

    @Override
    public StepKind kind(EffectRequest request) {
        return request.name().endsWith(".write")
                        || request.name().endsWith(".once")
                        || request.name().endsWith(".fail")
                        || request.name().endsWith(".flaky")
                ? StepKind.WRITE
                : StepKind.READ;
    }

    @Override
    public InDoubt inDoubt(EffectRequest request) {
        return request.name().endsWith(".once") ? InDoubt.FAIL : InDoubt.RETRY;
    }

    @Override
    public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
        crashes().pass();
        EffectOutcome outcome = answer(request, scope);
        crashes().pass();
        return outcome;
    }

    private EffectOutcome answer(EffectRequest request, EffectScope scope) {
        JsonNode input = Json.read(request.arguments()).path("input");
        String action = request.name().substring(request.name().lastIndexOf('.') + 1);
        synchronized (this) {
            calls.add(action + " " + input);
        }
        return switch (action) {
            case "read" -> succeeded(input.toString());
            case "tick" -> succeeded("{\"n\":" + nextTick() + "}");
            case "once" -> succeeded("{\"once\":" + input + "}");
            case "write" -> write(scope, input.toString());
            case "flaky" -> flaky(input);
            case "fail" -> fail();
            case "meet" -> meet(input);
            case "hang" -> hang();
            case "large" -> succeeded("\"" + noise(input.path("size").asInt()) + "\"");
            default -> throw new IllegalStateException(action);
        };
    }

    private synchronized int nextTick() {
        return ++ticks;
    }

    private synchronized EffectOutcome write(EffectScope scope, String input) {
        String before = writes.putIfAbsent(scope.idempotencyKey(), input);
        assertThat(before == null || before.equals(input))
                .as("key %s means one call: %s, then %s", scope.idempotencyKey(), before, input)
                .isTrue();
        return succeeded("{\"written\":" + input + "}");
    }

    private synchronized EffectOutcome flaky(JsonNode input) {
        int before = failures.merge(input.path("name").asText(), 1, Integer::sum);
        return before > input.path("times").asInt() ? succeeded("{\"after\":" + before + "}") : failed();
    }

    private synchronized EffectOutcome fail() {
        long notified = writes.values().stream()
                .filter(write -> write.contains("notify"))
                .count();
        return notified < 2 ? failed() : succeeded("{\"after\":3}");
    }

    private static EffectOutcome failed() {
        return new EffectOutcome.Failed(
                "ConnectorError",
                "world answered 503",
                Map.of("code", "FASTN-03003", "status", 503, "connector", "world", "retryAfterMs", 250));
    }

    private EffectOutcome meet(JsonNode input) {
        meeting.countDown();
        try {
            assertThat(meeting.await(20, TimeUnit.SECONDS))
                    .as("two calls at once")
                    .isTrue();
        } catch (InterruptedException e) {
            return new EffectOutcome.Failed("ConnectorError", "interrupted", Map.of());
        }
        return succeeded(input.toString());
    }

    /** Text that does not get shorter when it is compressed. */
    private static String noise(int length) {
        return new Random(length)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static EffectOutcome hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            return new EffectOutcome.Failed("ConnectorError", "interrupted", Map.of());
        }
        throw new IllegalStateException();
    }

    private static EffectOutcome succeeded(String output) {
        return new EffectOutcome.Succeeded("{\"output\":" + output + ",\"status\":200,\"durationMs\":3}");
    }
}
