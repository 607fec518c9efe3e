package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.AbortableCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
     * @param limit for the whole exchange
     */
    public record Request(String method, URI url, Map<String, String> headers, Optional<String> body, Duration limit) {}

    /** What a service answered. */
    public record Answer(int status, Optional<String> contentType, boolean isJson, String text) {}

    /**
     * Sends the request and waits for the answer.
     *
     * @throws FastnException EGRESS_REFUSED
     * @throws IOException when there is no answer; the author's code is told what happened, and whether to retry
     * @throws HttpErrorException when the answer is an error
     */
    public Answer send(Request request) throws IOException, InterruptedException, HttpErrorException {
        HttpExchange exchange = new HttpExchange(
                client,
                guard,
                new ConnectorRequest(request.method(), request.url(), Map.of(), request.headers(), body(request)));
        ConnectorAnswer answer = perform(exchange, request.limit());
        if (!answer.isSuccess()) {
            throw new HttpErrorException(answer);
        }
        return new Answer(answer.status(), answer.contentType(), answer.isJson(), answer.text());
    }

    private static Optional<RequestBody> body(Request request) {
        String type = request.headers().getOrDefault("content-type", "text/plain; charset=utf-8");
        return request.body().map(text -> new RequestBody(type, text.getBytes(StandardCharsets.UTF_8)));
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
