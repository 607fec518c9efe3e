package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.AbortableCalls;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * {@code fastn.connector.<accessor>.<action>(input)}: one HTTP request, never repeated by itself. A write carries the
 * same {@code Idempotency-Key} on every try of its run.
 */
public final class ConnectorCalls implements Effect, AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);
    private static final int MOST_CONNECTIONS = 200;
    private static final int MOST_CONNECTIONS_PER_HOST = 32;

    private final ConnectorRegistry registry;
    private final SecretStore secrets;
    private final EgressGuard guard;
    private final CloseableHttpClient client;
    private final AbortableCalls calls = new AbortableCalls("fastn-connector");
    private final Clock clock = Clock.systemUTC();

    public ConnectorCalls(ConnectorRegistry registry, SecretStore secrets, EgressGuard guard) {
        this.registry = registry;
        this.secrets = secrets;
        this.guard = guard;
        this.client = client(guard);
    }

    @Override
    public String family() {
        return "connector";
    }

    /** READ only where every owner's definition of that name says so: the tenant is not known here. */
    @Override
    public StepKind kind(EffectRequest request) {
        List<ConnectorAction> actions = actions(request);
        return !actions.isEmpty() && actions.stream().allMatch(action -> action.kind() == StepKind.READ)
                ? StepKind.READ
                : StepKind.WRITE;
    }

    /** Asked for where any owner's definition of that name says so. */
    @Override
    public InDoubt inDoubt(EffectRequest request) {
        return actions(request).stream().anyMatch(action -> action.inDoubt() == InDoubt.FAIL)
                ? InDoubt.FAIL
                : InDoubt.RETRY;
    }

    private List<ConnectorAction> actions(EffectRequest request) {
        ActionName name = ActionName.of(request.name());
        return registry.named(name.connector()).stream()
                .flatMap(definition -> definition.action(name.action()).stream())
                .toList();
    }

    @Override
    public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
        ActionName name = ActionName.of(request.name());
        ConnectorFailure failure = new ConnectorFailure(name.connector(), name.action(), clock);
        try {
            return call(name, arguments(request), scope, failure);
        } catch (FastnException e) {
            return failure.refused(e);
        } catch (DataAccessException e) {
            return failure.withoutSecrets();
        }
    }

    @Override
    public void close() {
        calls.close();
        client.close(CloseMode.IMMEDIATE);
    }

    private EffectOutcome call(ActionName name, JsonNode arguments, EffectScope scope, ConnectorFailure failure) {
        ConnectorDefinition definition = registry.resolve(
                scope.tenant(), name.connector(), arguments.path("orgId").textValue());
        ConnectorAction action = definition.action(name.action()).orElseThrow(() -> unknownAction(definition, name));
        Credentials credentials = Credentials.of(definition.auth(), secrets, scope);
        ConnectorRequest request =
                ConnectorRequest.of(definition, action, ConnectorInput.of(arguments.path("input")), credentials);
        if (action.kind() == StepKind.WRITE) {
            request.headers().put("Idempotency-Key", scope.idempotencyKey());
        }
        return send(request, action, credentials, scope, failure);
    }

    private EffectOutcome send(
            ConnectorRequest request,
            ConnectorAction action,
            Credentials credentials,
            EffectScope scope,
            ConnectorFailure failure) {
        HttpExchange exchange = new HttpExchange(client, guard, request);
        Duration limit = shorter(action.timeout(), scope.remaining());
        long start = System.nanoTime();
        try {
            ConnectorAnswer answer = calls.call(exchange::perform, limit, exchange::abort);
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            String text = credentials.redaction().apply(answer.text());
            return answer.isSuccess() ? output(action, answer, text, millis, failure) : failure.answered(answer, text);
        } catch (InterruptedException e) {
            return failure.interrupted();
        } catch (TimeoutException e) {
            return failure.unanswered("the service did not answer within " + limit.toMillis() + " ms", action);
        } catch (ExecutionException e) {
            return failed(e.getCause(), action, failure);
        }
    }

    private static EffectOutcome failed(@Nullable Throwable cause, ConnectorAction action, ConnectorFailure failure) {
        if (cause instanceof FastnException refused) {
            return failure.refused(refused);
        }
        if (cause instanceof IOException io) {
            return failure.broken(io, action);
        }
        throw new IllegalStateException("bug: connector call failed", cause);
    }

    private static EffectOutcome output(
            ConnectorAction action, ConnectorAnswer answer, String text, long millis, ConnectorFailure failure) {
        boolean json = action.output() == ConnectorAction.Output.JSON
                || (action.output() == ConnectorAction.Output.AS_SENT && answer.isJson());
        try {
            var result = JSON.createObjectNode();
            if (text.isBlank()) {
                result.putNull("output");
            } else if (json) {
                result.set("output", JSON.readTree(text));
            } else {
                result.put("output", text);
            }
            result.put("status", answer.status()).put("durationMs", millis);
            return new EffectOutcome.Succeeded(JSON.writeValueAsString(result));
        } catch (JsonProcessingException e) {
            return failure.notJson(answer, text);
        }
    }

    private static JsonNode arguments(EffectRequest request) {
        try {
            return JSON.readTree(request.arguments());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: arguments of " + request.name() + " are not JSON", e);
        }
    }

    private static FastnException unknownAction(ConnectorDefinition definition, ActionName name) {
        String known = String.join(
                ", ",
                definition.actions().stream()
                        .map(ConnectorAction::name)
                        .sorted()
                        .toList());
        return new FastnException(
                ErrorCode.ACTION_UNKNOWN, "action \"" + name.action() + "\" does not exist; there are " + known);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static CloseableHttpClient client(EgressGuard guard) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(guard)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS_PER_HOST)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT_TIMEOUT)
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.ofMinutes(10))
                        .build())
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("fastn-camunda-plugin")
                .build();
    }

    /** {@code connector.<connector>.<action>} taken apart. */
    private record ActionName(String connector, String action) {

        static ActionName of(String name) {
            String[] parts = name.split("\\.", 3);
            return new ActionName(parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
        }
    }
}
