package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.CallTimeout;
import ai.fastn.camunda.effect.connector.EgressRefusedException;
import ai.fastn.camunda.effect.connector.HttpRequests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** Lets the AWS SDK speak by the plugin's own HTTP, which goes only where calls may go. */
final class S3Requests implements SdkHttpClient {

    /** Made anew by the HTTP client. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "content-length", "transfer-encoding", "connection", "expect");

    private final HttpRequests requests;
    private final CallTimeout times;

    S3Requests(HttpRequests requests, CallTimeout times) {
        this.requests = requests;
        this.times = times;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return perform(request);
            }

            /** Ends by its limit. */
            @Override
            public void abort() {}
        };
    }

    private HttpExecuteResponse perform(HttpExecuteRequest request) throws IOException {
        try {
            HttpRequests.Answer answer = requests.exchange(new HttpRequests.Request(
                    request.httpRequest().method().name(),
                    request.httpRequest().getUri(),
                    headers(request),
                    body(request),
                    times));
            byte[] bytes = new byte[answer.body().remaining()];
            answer.body().get(bytes);
            return HttpExecuteResponse.builder()
                    .response(SdkHttpFullResponse.builder()
                            .statusCode(answer.status())
                            .headers(answer.headers())
                            .build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
                    .build();
        } catch (EgressRefusedException e) {
            // without its cause, which the SDK would take for a region that does not exist
            throw new FastnException(ErrorCode.EGRESS_REFUSED, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("aborted");
        }
    }

    private static Map<String, String> headers(HttpExecuteRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.httpRequest().forEachHeader((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, String.join(",", values));
            }
        });
        return headers;
    }

    private static Optional<byte[]> body(HttpExecuteRequest request) throws IOException {
        if (request.contentStreamProvider().isEmpty()) {
            return Optional.empty();
        }
        try (InputStream content = request.contentStreamProvider().get().newStream()) {
            return Optional.of(content.readAllBytes());
        }
    }

    @Override
    public void close() {}
}
