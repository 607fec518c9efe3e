package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** One {@code fetch} with the redirects it leads to; each hop is checked like the first. */
final class FetchExchange {

    private static final int MOST_REDIRECTS = 20;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final EgressGuard guard;
    private final FetchHosts hosts;
    private final FetchRequest first;
    private final AtomicReference<@Nullable HttpUriRequestBase> running = new AtomicReference<>();
    private volatile boolean aborted;

    FetchExchange(HttpClient client, EgressGuard guard, FetchHosts hosts, FetchRequest first) {
        this.client = client;
        this.guard = guard;
        this.hosts = hosts;
        this.first = first;
    }

    /** What came back, and from where. */
    @SuppressWarnings("ArrayRecordComponent") // made once, read once
    record Answer(URI url, int status, String reason, List<Header> headers, ByteBuffer body, boolean redirected) {

        /** An answer without a body, of a host that nobody has asked. */
        static Answer empty(int status, Optional<Header> header) {
            String reason = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, null);
            return new Answer(
                    URI.create(""),
                    status,
                    reason == null ? "" : reason,
                    header.stream().toList(),
                    ByteBuffer.allocate(0),
                    false);
        }
    }

    /** Sends and reads the answer; blocks. */
    Answer perform() throws IOException {
        guard.requireSize(first.body().map(body -> body.length).orElse(0));
        FetchRequest request = first;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            guard.check(request.url());
            hosts.require(request.url());
            Answer answer = send(request, hop > 0);
            Optional<URI> next = redirect(request, answer);
            if (next.isEmpty()) {
                return answer;
            }
            request = request.redirected(answer.status(), next.get());
        }
        throw failed("it was redirected more than " + MOST_REDIRECTS + " times");
    }

    /** Ends a running {@link #perform} from another thread. */
    void abort() {
        aborted = true;
        HttpUriRequestBase now = running.get();
        if (now != null) {
            now.cancel();
        }
    }

    private Answer send(FetchRequest request, boolean redirected) throws IOException {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.url());
        request.headers().forEach(message::addHeader);
        if (!request.has("accept")) {
            message.setHeader("Accept", "*/*");
        }
        request.body().ifPresent(body -> message.setEntity(new ByteArrayEntity(body, null)));
        running.set(message);
        if (aborted) {
            throw new InterruptedIOException("aborted");
        }
        return client.execute(message, response -> read(request, response, redirected));
    }

    private static Answer read(FetchRequest request, ClassicHttpResponse response, boolean redirected)
            throws IOException {
        return new Answer(
                request.url(),
                response.getCode(),
                response.getReasonPhrase() == null ? "" : response.getReasonPhrase(),
                Arrays.asList(response.getHeaders()),
                ByteBuffer.wrap(HttpExchange.body(response.getEntity())),
                redirected);
    }

    private static Optional<URI> redirect(FetchRequest request, Answer answer) {
        Optional<String> location = answer.headers().stream()
                .filter(header -> header.getName().equalsIgnoreCase("Location"))
                .map(Header::getValue)
                .findFirst();
        if (!REDIRECTS.contains(answer.status())
                || location.isEmpty()
                || request.redirect().equals("manual")) {
            return Optional.empty();
        }
        if (request.redirect().equals("error")) {
            throw failed("it was redirected, which redirect: \"error\" forbids");
        }
        URI next = target(request.url(), location.get());
        if ("https".equalsIgnoreCase(request.url().getScheme()) && !"https".equalsIgnoreCase(next.getScheme())) {
            throw new FastnException(ErrorCode.EGRESS_REFUSED, "it was redirected from https to http");
        }
        return Optional.of(next);
    }

    private static URI target(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new FastnException(ErrorCode.FETCH_FAILED, "it was redirected to an address that is not a URL", e);
        }
    }

    private static FastnException failed(String what) {
        return new FastnException(ErrorCode.FETCH_FAILED, what);
    }
}
