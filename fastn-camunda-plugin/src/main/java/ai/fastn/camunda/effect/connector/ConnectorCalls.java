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
import ai.fastn.camunda.effect.Scenario;
import ai.fastn.camunda.effect.connector.ConnectionLimits.Connection;
import ai.fastn.camunda.effect.secret.SecretRefs;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/**
 * {@code fastn.connector.<accessor>.<action>(input)}: finds the action, who calls, and lets the action's work be done.
 */
public final class ConnectorCalls implements Effect, AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ConnectorRegistry registry;
    private final CredentialSource credentials;
    private final SecretStore secrets;
    private final HttpCalls http;
    private final JavaCalls java;
    private final AbortableCalls calls = new AbortableCalls("fastn-connector");
    private final InputCheck inputs = new InputCheck();
    private final ConnectionLimits limits;
    private final Clock clock = Clock.systemUTC();

    /** Calls of the only node, with the secrets that definitions name. */
    public ConnectorCalls(ConnectorRegistry registry, SecretStore secrets, EgressGuard guard) {
        this(registry, CredentialSource.named(secrets), secrets, guard, Optional.empty());
    }

    /**
     * Calls of one node.
     *
     * @param secrets for the handles in the input of calls
     * @param shared what other nodes call
     */
    public ConnectorCalls(
            ConnectorRegistry registry,
            CredentialSource credentials,
            SecretStore secrets,
            EgressGuard guard,
            SharedCalls shared) {
        this(registry, credentials, secrets, guard, Optional.of(shared));
    }

    private ConnectorCalls(
            ConnectorRegistry registry,
            CredentialSource credentials,
            SecretStore secrets,
            EgressGuard guard,
            Optional<SharedCalls> shared) {
        this.registry = registry;
        this.secrets = secrets;
        this.credentials = credentials;
        this.http = new HttpCalls(guard, calls);
        this.java = new JavaCalls(calls);
        this.limits = new ConnectionLimits(System::nanoTime, shared);
    }

    @Override
    public String family() {
        return "connector";
    }

    /** Only a definition says more. */
    @Override
    public StepKind kind(EffectRequest request) {
        return StepKind.WRITE;
    }

    @Override
    public StepKind kind(EffectRequest request, TenantId tenant, ConnectorVersions versions) {
        return action(request, tenant, versions).map(ConnectorAction::kind).orElse(StepKind.WRITE);
    }

    /** Nothing is performed where there is no such action. */
    @Override
    public InDoubt inDoubt(EffectRequest request, TenantId tenant, ConnectorVersions versions) {
        return action(request, tenant, versions).map(ConnectorAction::inDoubt).orElse(InDoubt.RETRY);
    }

    @Override
    public Optional<EffectOutcome> imitated(
            EffectRequest request, Scenario scenario, TenantId tenant, ConnectorVersions versions) {
        ActionName name = ActionName.of(request.name());
        ConnectorFailure failure = new ConnectorFailure(name.connector(), name.action(), clock);
        return imitated(request, tenant, versions).map(action -> action.failed(scenario, failure));
    }

    @Override
    public Optional<EffectOutcome> sample(EffectRequest request, TenantId tenant, ConnectorVersions versions) {
        return imitated(request, tenant, versions).map(ImitatedCalls::sampled);
    }

    private Optional<ConnectorAction> action(EffectRequest request, TenantId tenant, ConnectorVersions versions) {
        return imitated(request, tenant, versions).map(ImitatedCalls::action);
    }

    private Optional<ImitatedCalls> imitated(EffectRequest request, TenantId tenant, ConnectorVersions versions) {
        ActionName name = ActionName.of(request.name());
        try {
            ConnectorDefinition definition = registry.resolve(
                    tenant, name.connector(), arguments(request).path("orgId").textValue(), versions);
            return definition.action(name.action()).map(action -> new ImitatedCalls(definition, action));
        } catch (FastnException e) {
            if (e.code() == ErrorCode.CONNECTOR_STORE) {
                throw e;
            }
            return Optional.empty();
        }
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
        http.close();
    }

    private EffectOutcome call(ActionName asked, JsonNode arguments, EffectScope scope, ConnectorFailure failure) {
        ConnectorDefinition definition = registry.resolve(
                scope.tenant(), asked.connector(), arguments.path("orgId").textValue(), scope.connectors());
        ConnectorAction action = definition.action(asked.action()).orElseThrow(() -> unknownAction(definition, asked));
        ConnectorInput input = ConnectorInput.of(arguments.path("input"));
        inputs.require(definition, action, input.members());
        Optional<String> named =
                Optional.ofNullable(arguments.path("connection").textValue());
        Planned first = planned(definition, action, named, scope);
        if (action.work() instanceof ActionWork.Java) {
            // which service the code calls is not known here, and it may be another one each time
            return make(first, arguments, scope, failure);
        }
        String name = first.credentials().connection().or(() -> named).orElse("");
        Connection connection = new Connection(scope.tenant(), scope.environment(), definition.slug(), name);
        return limits.perform(
                connection,
                definition.limits(),
                first.limit(scope),
                scope,
                failure,
                waited -> make(waited ? planned(definition, action, named, scope) : first, arguments, scope, failure));
    }

    /** A token may have ended while the call waited for its turn. */
    private Planned planned(
            ConnectorDefinition definition, ConnectorAction action, Optional<String> connection, EffectScope scope) {
        Credentials who = credentials.of(definition, connection, scope);
        return new Planned(definition.completed(who.settings()), action, who);
    }

    /** Secrets are put in the places of their handles last: no check of the input before could show them. */
    private EffectOutcome make(Planned plan, JsonNode arguments, EffectScope scope, ConnectorFailure failure) {
        SecretRefs.Filled filled = SecretRefs.fill(arguments, plan.credentials().redaction(), secrets, scope);
        Planned planned = plan.redacting(filled.redaction());
        ConnectorInput input = ConnectorInput.of(filled.input());
        ConnectorAction action = planned.action();
        if (action.work() instanceof ActionWork.Http work) {
            return http.perform(planned, work, input, scope, failure);
        }
        return java.perform(planned, ((ActionWork.Java) action.work()).code(), input, scope, failure);
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

    /** {@code connector.<connector>.<action>} taken apart. */
    private record ActionName(String connector, String action) {

        static ActionName of(String name) {
            String[] parts = name.split("\\.", 3);
            return new ActionName(parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
        }
    }
}
