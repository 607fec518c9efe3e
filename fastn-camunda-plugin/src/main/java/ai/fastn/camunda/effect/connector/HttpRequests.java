package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.AbortableCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;

/** HTTP for actions that are performed in this JVM: the same guard, limits and redirects as for defined actions. */
public final class HttpRequests implements AutoCloseable {

    private final EgressGuard guard;
    private final CloseableHttpClient client;
    private final AbortableCalls calls = new AbortableCalls("fastn-http");

    public HttpRequests(EgressGuard guard) {
        this.guard = guard;
        this.client = CallClient.of(guard);
    }

    /**
     * A request.
     *
     * @param headers by lower-case name; sent to the host of the URL only, not to where it redirects
     * @param times for connecting and for the whole exchange
     */
    public record Request(
            String method, URI url, Map<String, String> headers, Optional<byte[]> body, CallTimeout times) {}

    /**
     * What a service answered.
     *
     * @param headers values by lower-case name, in the order they came
     * @param text the body by the charset of its type
     * @param body decompressed
     */
    public record Answer(
            int status,
            Optional<String> contentType,
            boolean isJson,
            Map<String, List<String>> headers,
            String text,
            ByteBuffer body) {}

    /**
     * Sends the request and waits for the answer.
     *
     * @throws FastnException EGRESS_REFUSED, REQUEST_TOO_LARGE
     * @throws IOException when there is no answer; the author's code is told what happened, and whether to retry
     * @throws HttpErrorException when the answer is an error
     */
    public Answer send(Request request) throws IOException, InterruptedException, HttpErrorException {
        ConnectorAnswer answer = answered(request);
        if (!answer.isSuccess()) {
            throw new HttpErrorException(answer);
        }
        return seen(answer);
    }

    /**
     * The same, whatever the answer is.
     *
     * @throws FastnException EGRESS_REFUSED, REQUEST_TOO_LARGE
     * @throws IOException when there is no answer
     */
    public Answer exchange(Request request) throws IOException, InterruptedException {
        return seen(answered(request));
    }

    private static Answer seen(ConnectorAnswer answer) {
        return new Answer(
                answer.status(),
                answer.contentType(),
                answer.isJson(),
                answer.headers(),
                answer.text(),
                answer.body().duplicate());
    }

    private ConnectorAnswer answered(Request request) throws IOException, InterruptedException {
        ConnectorRequest sent = new ConnectorRequest(
                request.method(),
                request.url(),
                Map.of(),
                request.headers(),
                body(request),
                request.times().connect());
        return perform(new HttpExchange(client, guard, sent), request.times().total());
    }

    private static Optional<RequestBody> body(Request request) {
        String type = request.headers().getOrDefault("content-type", "text/plain; charset=utf-8");
        return request.body().map(bytes -> new RequestBody(type, bytes));
    }

    private ConnectorAnswer perform(HttpExchange exchange, Duration limit) throws IOException, InterruptedException {
        try {
            return calls.call(exchange::perform, limit, exchange::abort);
        } catch (TimeoutException e) {
            throw new UnansweredException("the service did not answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof FastnException refused) {
                throw refused;
            }
            throw new IllegalStateException("bug: HTTP request failed", e.getCause());
        }
    }

    @Override
    public void close() {
        calls.close();
        client.close(CloseMode.IMMEDIATE);
    }
}
