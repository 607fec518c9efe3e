package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.AbortableCalls;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.Redaction;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Actions that are performed by code in this JVM. */
final class JavaCalls {

    private static final Logger LOG = LoggerFactory.getLogger(JavaCalls.class);

    private final AbortableCalls calls;

    JavaCalls(AbortableCalls calls) {
        this.calls = calls;
    }

    EffectOutcome perform(
            Planned planned, JavaAction code, ConnectorInput input, EffectScope scope, ConnectorFailure failure) {
        return perform(planned, code, input, scope, failure, planned.limit(scope));
    }

    private EffectOutcome perform(
            Planned planned,
            JavaAction code,
            ConnectorInput input,
            EffectScope scope,
            ConnectorFailure failure,
            Duration limit) {
        AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
        long start = System.nanoTime();
        try {
            JsonNode result = calls.call(
                    () -> {
                        worker.set(Thread.currentThread());
                        return code.perform(input.members(), new ActionCall(scope, planned.credentials()));
                    },
                    limit,
                    () -> interrupt(worker.get()));
            return succeeded(result, planned.credentials().redaction(), start);
        } catch (InterruptedException e) {
            return failure.interrupted();
        } catch (TimeoutException e) {
            return failure.unanswered("it took longer than " + limit.toMillis() + " ms", planned.action());
        } catch (ExecutionException e) {
            Optional<Credentials> renewed = renewed(planned, e.getCause());
            if (renewed.isPresent()) {
                Duration rest = limit.minusNanos(System.nanoTime() - start);
                return perform(planned.with(renewed.get()), code, input, scope, failure, rest);
            }
            return failed(e.getCause(), planned, failure);
        }
    }

    /** Who refuses credentials has done nothing: with others the code is worth being called once more. */
    private static Optional<Credentials> renewed(Planned planned, @Nullable Throwable cause) {
        return cause instanceof CredentialsRefusedException refused
                ? planned.credentials().renewal().after(refused.rejected())
                : Optional.empty();
    }

    private static void interrupt(@Nullable Thread worker) {
        if (worker != null) {
            worker.interrupt();
        }
    }

    private static EffectOutcome succeeded(@Nullable JsonNode result, Redaction redaction, long start) {
        String output = redaction.apply(
                Objects.requireNonNullElse(result, NullNode.getInstance()).toString());
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        return new EffectOutcome.Succeeded("{\"output\":" + output + ",\"durationMs\":" + millis + "}");
    }

    private static EffectOutcome failed(@Nullable Throwable thrown, Planned planned, ConnectorFailure failure) {
        Throwable cause = thrown instanceof CredentialsRefusedException refused ? refused.failure() : thrown;
        if (cause instanceof FastnException refused) {
            return failure.refused(refused);
        }
        if (cause instanceof ActionFailedException said) {
            return failure.said(said, planned.credentials().redaction().apply(String.valueOf(said.getMessage())));
        }
        if (cause instanceof HttpErrorException answered) {
            ConnectorAnswer answer = answered.answer();
            return failure.answered(answer, planned.credentials().redaction().apply(answer.text()));
        }
        if (cause instanceof UnansweredException unanswered) {
            return failure.unanswered(String.valueOf(unanswered.getMessage()), planned.action());
        }
        if (cause instanceof IOException io) {
            return failure.broken(io, planned.action());
        }
        LOG.warn(
                "connector {} action {} failed",
                planned.definition().slug(),
                planned.action().name(),
                cause);
        return failure.unanswered("it failed; the log of the node says why", planned.action());
    }
}
