package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectOutcome;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;

/**
 * Makes the {@code ConnectorError} of a call: says which connector, which action, what happened, and whether to retry.
 */
final class ConnectorFailure {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_OUTPUT = 16_384;

    /** Answers after which the same call may succeed: request timeout, too early, too many requests. */
    private static final Set<Integer> RETRYABLE = Set.of(408, 425, 429);

    /** Server errors that stay: not implemented, version not supported. */
    private static final Set<Integer> PERMANENT = Set.of(501, 505);

    private final String connector;
    private final String action;
    private final Clock clock;

    ConnectorFailure(String connector, String action, Clock clock) {
        this.connector = connector;
        this.action = action;
        this.clock = clock;
    }

    /** The call was not made because something in it is wrong, or because there is no token at the moment. */
    EffectOutcome refused(FastnException e) {
        boolean passing = e.code() == ErrorCode.CONNECTOR_STORE || e.code() == ErrorCode.TOKEN_UNAVAILABLE;
        return failed(e.code(), e.getMessage(), passing, Map.of());
    }

    /** The secrets of the connector can not be read at the moment. */
    EffectOutcome withoutSecrets() {
        return failed(ErrorCode.SECRET_STORE, "secrets can not be reached", true, Map.of());
    }

    /** The service answered with an error. */
    EffectOutcome answered(ConnectorAnswer answer, String text) {
        int status = answer.status();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("status", status);
        output(answer, text, more);
        answer.wait(clock).ifPresent(wait -> more.put("retryAfterMs", wait.toMillis()));
        boolean retryable = RETRYABLE.contains(status) || (status >= 500 && !PERMANENT.contains(status));
        String reason = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, null);
        return failed(
                ErrorCode.CONNECTOR_CALL_FAILED,
                "the service answered " + status + (reason == null ? "" : " " + reason),
                retryable,
                more);
    }

    /** The answer of a successful call can not be read. */
    EffectOutcome notJson(ConnectorAnswer answer, String text) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("status", answer.status());
        more.put("output", excerpt(text));
        return failed(
                ErrorCode.CONNECTOR_CALL_FAILED,
                "the service answered " + answer.status() + " with a body that is not JSON",
                false,
                more);
    }

    /** Nobody knows whether the service did what it was asked; only a harmless repetition is worth a try. */
    EffectOutcome unanswered(String message, ConnectorAction called) {
        return failed(ErrorCode.CONNECTOR_CALL_FAILED, message, called.isHarmless(), Map.of());
    }

    /** Code in this JVM says what went wrong. */
    EffectOutcome said(ActionFailedException e, String message) {
        return failed(ErrorCode.CONNECTOR_CALL_FAILED, message, e.isRetryable(), e.facts());
    }

    /** The limits of the service leave no room in the time that the run has. */
    EffectOutcome noRoom(CallLimits limits, Duration wait) {
        return failed(
                ErrorCode.CONNECTOR_BUSY,
                "its turn comes in " + wait.toMillis() + " ms, later than the execution timeout"
                        + (limits.requests() == 0
                                ? ""
                                : "; the connection takes " + limits.requests() + " calls per "
                                        + limits.per().toMillis() + " ms"),
                true,
                Map.of("retryAfterMs", wait.toMillis()));
    }

    /** The run was cancelled or reached its timeout. */
    EffectOutcome interrupted() {
        return failed(ErrorCode.CONNECTOR_CALL_FAILED, "the call was aborted", false, Map.of());
    }

    /** The connection failed. */
    EffectOutcome broken(IOException cause, ConnectorAction called) {
        if (cause instanceof EgressRefusedException) {
            return failed(ErrorCode.EGRESS_REFUSED, String.valueOf(cause.getMessage()), false, Map.of());
        }
        if (cause instanceof HttpExchange.AnswerTooLargeException) {
            return failed(ErrorCode.CONNECTOR_CALL_FAILED, String.valueOf(cause.getMessage()), false, Map.of());
        }
        if (cause instanceof MessageConstraintException) {
            return failed(ErrorCode.CONNECTOR_CALL_FAILED, CallClient.LARGE_HEAD, false, Map.of());
        }
        if (cause instanceof UnknownHostException) {
            return failed(ErrorCode.CONNECTOR_CALL_FAILED, "the host of the service is unknown", true, Map.of());
        }
        if (cause instanceof ConnectException
                || cause instanceof ConnectTimeoutException
                || cause instanceof ConnectionRequestTimeoutException
                || cause instanceof NoRouteToHostException) {
            return failed(ErrorCode.CONNECTOR_CALL_FAILED, "the service can not be reached", true, Map.of());
        }
        if (cause instanceof SSLException) {
            return failed(ErrorCode.CONNECTOR_CALL_FAILED, "no trusted TLS connection to the service", false, Map.of());
        }
        return unanswered("the connection to the service broke before it had answered", called);
    }

    private EffectOutcome failed(ErrorCode code, String what, boolean retryable, Map<String, Object> more) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", code.code());
        fields.put("connector", connector);
        fields.put("action", action);
        fields.put("retryable", retryable);
        fields.putAll(more);
        return new EffectOutcome.Failed("ConnectorError", connector + "." + action + ": " + what, fields);
    }

    private static void output(ConnectorAnswer answer, String text, Map<String, Object> fields) {
        if (text.isBlank()) {
            return;
        }
        if (answer.isJson() && text.length() <= LONGEST_OUTPUT) {
            try {
                fields.put("output", JSON.readValue(text, Object.class));
                return;
            } catch (JsonProcessingException e) {
                // Says JSON and is not: shown as the text it is.
                fields.put("output", excerpt(text));
                return;
            }
        }
        fields.put("output", excerpt(text));
    }

    private static String excerpt(String text) {
        return text.length() <= LONGEST_OUTPUT ? text : text.substring(0, LONGEST_OUTPUT) + "…";
    }
}
