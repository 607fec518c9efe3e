package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** Makes the error of a {@code fetch} that got no answer: a {@code TypeError}, or a {@code TimeoutError}. */
final class FetchFailure {

    private final boolean harmless;

    /** @param harmless whether a repetition does no harm, so that it is worth a try although nobody knows */
    FetchFailure(boolean harmless) {
        this.harmless = harmless;
    }

    /** The call was not made, or not made to its end, because something is wrong with it. */
    EffectOutcome refused(FastnException e) {
        return failed(e.code(), String.valueOf(e.getMessage()), false);
    }

    /** The run was cancelled or reached its timeout. */
    EffectOutcome interrupted() {
        return failed(ErrorCode.FETCH_FAILED, "the call was aborted", false);
    }

    /** The time of the call is over. */
    EffectOutcome late() {
        return new EffectOutcome.Failed(
                "TimeoutError",
                "The operation was aborted due to timeout",
                Map.of("code", ErrorCode.FETCH_FAILED.code(), "retryable", harmless));
    }

    /** The connection failed. */
    EffectOutcome broken(IOException cause) {
        if (cause instanceof EgressRefusedException) {
            return failed(ErrorCode.EGRESS_REFUSED, String.valueOf(cause.getMessage()), false);
        }
        if (cause instanceof HttpExchange.AnswerTooLargeException) {
            return failed(ErrorCode.FETCH_FAILED, String.valueOf(cause.getMessage()), false);
        }
        if (cause instanceof UnknownHostException) {
            return failed(ErrorCode.FETCH_FAILED, "the host is unknown", true);
        }
        if (cause instanceof ConnectException
                || cause instanceof ConnectTimeoutException
                || cause instanceof ConnectionRequestTimeoutException
                || cause instanceof NoRouteToHostException) {
            return failed(ErrorCode.FETCH_FAILED, "the host can not be reached", true);
        }
        if (cause instanceof SSLException) {
            return failed(ErrorCode.FETCH_FAILED, "no trusted TLS connection to the host", false);
        }
        return failed(ErrorCode.FETCH_FAILED, "the connection broke before the host had answered", harmless);
    }

    private static EffectOutcome failed(ErrorCode code, String what, boolean retryable) {
        return new EffectOutcome.Failed(
                "TypeError", "fetch failed: " + what, Map.of("code", code.code(), "retryable", retryable));
    }
}
