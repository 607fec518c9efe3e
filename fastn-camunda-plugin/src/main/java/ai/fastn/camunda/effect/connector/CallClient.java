package ai.fastn.camunda.effect.connector;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The HTTP client of all outbound calls: does nothing by itself, and goes only where the guard lets it. */
final class CallClient {

    private static final int MOST_CONNECTIONS = 200;
    private static final int MOST_CONNECTIONS_PER_HOST = 32;

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_LINES = 200;

    /** What is too large in the head of an answer. */
    static final String LARGE_HEAD = "the head of the answer has more than " + MOST_LINES
            + " lines or a line of more than " + LONGEST_LINE + " bytes";

    private static final Http1Config HEADS = Http1Config.custom()
            .setMaxLineLength(LONGEST_LINE)
            .setMaxHeaderCount(MOST_LINES)
            .build();

    private CallClient() {}

    /** Settings of one request: only a longer wait than the action allows is ended here. */
    @SuppressWarnings("deprecation") // the other place for it holds for all calls to a host
    static RequestConfig config(Duration connect) {
        return RequestConfig.custom()
                .setConnectTimeout(Timeout.of(connect))
                .setResponseTimeout(Timeout.ofMinutes(10))
                .build();
    }

    static CloseableHttpClient of(EgressGuard guard) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(guard)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(HEADS)
                                .build())
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(guard.trust()))
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS_PER_HOST)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(CallTimeout.USUAL_CONNECT))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                        .build())
                .setDefaultRequestConfig(config(CallTimeout.USUAL_CONNECT))
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("fastn-camunda-plugin")
                .build();
    }
}
