package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** One request and, for reads, the redirects it leads to; each hop is checked like the first. */
final class HttpExchange {

    static final int LARGEST_ANSWER = 10 * 1024 * 1024;

    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final EgressGuard guard;
    private final ConnectorRequest request;
    private final AtomicReference<@Nullable HttpUriRequestBase> running = new AtomicReference<>();
    private volatile boolean aborted;

    HttpExchange(HttpClient client, EgressGuard guard, ConnectorRequest request) {
        this.client = client;
        this.guard = guard;
        this.request = request;
    }

    /** Sends and reads the answer; blocks. */
    ConnectorAnswer perform() throws IOException {
        guard.requireSize(request.body().map(body -> body.bytes().length).orElse(0));
        URI url = request.url();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            guard.check(url);
            ConnectorAnswer answer = send(url);
            Optional<URI> next = redirect(url, answer);
            if (next.isEmpty()) {
                return answer;
            }
            url = next.get();
        }
        throw new FastnException(
                ErrorCode.CONNECTOR_CALL_FAILED, "the service redirected more than " + MOST_REDIRECTS + " times");
    }

    /** Ends a running {@link #perform} from another thread. */
    void abort() {
        aborted = true;
        HttpUriRequestBase now = running.get();
        if (now != null) {
            now.cancel();
        }
    }

    private ConnectorAnswer send(URI url) throws IOException {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), url);
        message.setConfig(CallClient.config(request.connect()));
        request.headers().forEach(message::setHeader);
        if (isSameOrigin(url)) {
            request.credentials().forEach(message::setHeader);
        }
        request.body().ifPresent(body -> message.setEntity(new ByteArrayEntity(body.bytes(), null)));
        running.set(message);
        if (aborted) {
            throw new InterruptedIOException("aborted");
        }
        return client.execute(message, HttpExchange::read);
    }

    private static ConnectorAnswer read(ClassicHttpResponse response) throws IOException {
        return ConnectorAnswer.of(response.getCode(), response.getHeaders(), body(response.getEntity()));
    }

    /** Counted after decoding, so that a small compressed answer can not grow without end. */
    static byte[] body(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        InputStream content = entity.getContent();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            body.write(buffer, 0, read);
            if (body.size() > LARGEST_ANSWER) {
                throw new AnswerTooLargeException();
            }
        }
        return body.toByteArray();
    }

    private Optional<URI> redirect(URI from, ConnectorAnswer answer) {
        boolean reading = request.method().equals("GET") || request.method().equals("HEAD");
        if (!reading
                || !REDIRECTS.contains(answer.status())
                || answer.location().isEmpty()) {
            return Optional.empty();
        }
        URI next = target(from, answer.location().get());
        if ("https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(next.getScheme())) {
            throw new FastnException(ErrorCode.EGRESS_REFUSED, "the service redirected from https to http");
        }
        return Optional.of(next);
    }

    private static URI target(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new FastnException(
                    ErrorCode.CONNECTOR_CALL_FAILED, "the service redirected to an address that is not a URL", e);
        }
    }

    private boolean isSameOrigin(URI url) {
        URI own = request.url();
        return own.getScheme().equalsIgnoreCase(url.getScheme())
                && own.getHost().equalsIgnoreCase(url.getHost())
                && EgressGuard.portOf(own) == EgressGuard.portOf(url);
    }

    /** An answer has more bytes than are read. */
    static final class AnswerTooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        AnswerTooLargeException() {
            super("the answer has more than " + LARGEST_ANSWER + " bytes");
        }
    }
}
