package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.AbortableCalls;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Actions that are one HTTP request, never repeated by itself. A write carries the same {@code Idempotency-Key} on
 * every try of its run.
 */
final class HttpCalls implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final EgressGuard guard;
    private final CloseableHttpClient client;
    private final AbortableCalls calls;

    HttpCalls(EgressGuard guard, AbortableCalls calls) {
        this.guard = guard;
        this.client = CallClient.of(guard);
        this.calls = calls;
    }

    EffectOutcome perform(
            Planned planned, ActionWork.Http work, ConnectorInput input, EffectScope scope, ConnectorFailure failure) {
        return perform(planned, work, input, scope, failure, planned.limit(scope));
    }

    private EffectOutcome perform(
            Planned planned,
            ActionWork.Http work,
            ConnectorInput input,
            EffectScope scope,
            ConnectorFailure failure,
            Duration limit) {
        ConnectorRequest request = request(planned, work, input, scope);
        HttpExchange exchange = new HttpExchange(client, guard, request);
        long start = System.nanoTime();
        try {
            ConnectorAnswer answer = calls.call(exchange::perform, limit, exchange::abort);
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            Optional<Credentials> renewed = renewed(planned, request, answer);
            if (renewed.isPresent()) {
                Duration rest = limit.minusNanos(System.nanoTime() - start);
                return perform(planned.with(renewed.get()), work, input, scope, failure, rest);
            }
            String text = planned.credentials().redaction().apply(answer.text());
            return answer.isSuccess()
                    ? output(work, input, answer, text, millis, failure)
                    : failure.answered(answer, text);
        } catch (InterruptedException e) {
            return failure.interrupted();
        } catch (TimeoutException e) {
            return failure.unanswered(unansweredWithin(limit.toMillis()), planned.action());
        } catch (ExecutionException e) {
            return failed(e.getCause(), planned.action(), failure);
        }
    }

    static String unansweredWithin(long millis) {
        return "the service did not answer within " + millis + " ms";
    }

    private static ConnectorRequest request(
            Planned planned, ActionWork.Http work, ConnectorInput input, EffectScope scope) {
        ConnectorRequest request = ConnectorRequest.of(planned, work, input);
        if (planned.action().kind() == StepKind.WRITE) {
            request.headers().put("Idempotency-Key", scope.idempotencyKey());
        }
        return request;
    }

    /** A service that answers 401 has done nothing: with other credentials the request is worth sending once more. */
    private static Optional<Credentials> renewed(Planned planned, ConnectorRequest request, ConnectorAnswer answer) {
        return answer.status() == 401
                ? planned.credentials()
                        .renewal()
                        .after(new Credentials.Rejected(request.method(), request.url(), answer.challenge()))
                : Optional.empty();
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    private static EffectOutcome failed(@Nullable Throwable cause, ConnectorAction action, ConnectorFailure failure) {
        if (cause instanceof FastnException refused) {
            return failure.refused(refused);
        }
        if (cause instanceof IOException io) {
            return failure.broken(io, action);
        }
        throw new IllegalStateException("bug: connector call failed", cause);
    }

    private static EffectOutcome output(
            ActionWork.Http work,
            ConnectorInput input,
            ConnectorAnswer answer,
            String text,
            long millis,
            ConnectorFailure failure) {
        boolean json = work.output() == ActionWork.Output.JSON
                || (work.output() == ActionWork.Output.AS_SENT && answer.isJson());
        try {
            var result = JSON.createObjectNode();
            if (isBytes(work, answer)) {
                result.put("bytes", answer.base64());
            } else if (text.isBlank()) {
                result.putNull("output");
            } else if (json) {
                result.set("output", JSON.readTree(text));
            } else {
                result.put("output", text);
            }
            work.pagination()
                    .ifPresent(pagination -> result.set(
                            "next",
                            pagination
                                    .next(work, input, result.path("output"), answer.link())
                                    .<JsonNode>map(members -> members)
                                    .orElseGet(JSON::nullNode)));
            result.put("status", answer.status()).put("durationMs", millis);
            return new EffectOutcome.Succeeded(JSON.writeValueAsString(result));
        } catch (JsonProcessingException e) {
            return failure.notJson(answer, text);
        }
    }

    private static boolean isBytes(ActionWork.Http work, ConnectorAnswer answer) {
        return answer.body().hasRemaining()
                && (work.output() == ActionWork.Output.BYTES
                        || (work.output() == ActionWork.Output.AS_SENT && !answer.isText()));
    }
}
