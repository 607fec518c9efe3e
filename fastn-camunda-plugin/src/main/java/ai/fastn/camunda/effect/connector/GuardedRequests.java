package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.AbortableCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;

/** POST requests that get a token; they go only where calls may go, and follow no redirect. Thread-safe. */
public final class GuardedRequests implements AutoCloseable {

    private static final int LARGEST_ANSWER = 1024 * 1024;

    private final EgressGuard guard;
    private final CloseableHttpClient client;
    private final AbortableCalls calls = new AbortableCalls("fastn-token");

    public GuardedRequests(EgressGuard guard) {
        this.guard = guard;
        this.client = CallClient.of(guard);
    }

    /** What came back. */
    public record Answer(int status, String text) {

        @Override
        public String toString() {
            return "answer " + status;
        }
    }

    /**
     * Sends; blocks at most as long as the limit says.
     *
     * @throws IOException when there is no answer
     * @throws FastnException EGRESS_REFUSED
     */
    public Answer post(URI url, Map<String, String> headers, String body, Duration limit) throws IOException {
        guard.check(url);
        HttpPost message = new HttpPost(url);
        headers.forEach(message::setHeader);
        message.setEntity(new StringEntity(body, StandardCharsets.UTF_8));
        try {
            return calls.call(() -> client.execute(message, GuardedRequests::read), limit, message::cancel);
        } catch (InterruptedException e) {
            throw new IOException("the request was aborted", e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static IOException failure(ExecutionException e) {
        if (e.getCause() instanceof EgressRefusedException refused) {
            throw new FastnException(ErrorCode.EGRESS_REFUSED, String.valueOf(refused.getMessage()), refused);
        }
        return e.getCause() instanceof IOException io ? io : new IOException("the request failed", e);
    }

    @Override
    public void close() {
        calls.close();
        client.close(CloseMode.IMMEDIATE);
    }

    private static Answer read(ClassicHttpResponse response) throws IOException {
        if (response.getEntity() == null) {
            return new Answer(response.getCode(), "");
        }
        byte[] body = response.getEntity().getContent().readNBytes(LARGEST_ANSWER);
        return new Answer(response.getCode(), new String(body, StandardCharsets.UTF_8));
    }
}
