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
import ai.fastn.camunda.effect.secret.SecretRefs;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.util.List;
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
    private final Clock clock = Clock.systemUTC();

    public ConnectorCalls(ConnectorRegistry registry, SecretStore secrets, EgressGuard guard) {
        this.registry = registry;
        this.secrets = secrets;
        this.credentials = (definition, scope) -> Credentials.of(definition.auth(), secrets, scope);
        this.http = new HttpCalls(guard, calls);
        this.java = new JavaCalls(calls);
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
        http.close();
    }

    private EffectOutcome call(ActionName name, JsonNode arguments, EffectScope scope, ConnectorFailure failure) {
        ConnectorDefinition definition = registry.resolve(
                scope.tenant(), name.connector(), arguments.path("orgId").textValue());
        ConnectorAction action = definition.action(name.action()).orElseThrow(() -> unknownAction(definition, name));
        Credentials own = credentials.of(definition, scope);
        SecretRefs.Filled filled = SecretRefs.fill(arguments, own.redaction(), secrets, scope);
        Planned planned =
                new Planned(definition, action, new Credentials(own.headers(), own.query(), filled.redaction()));
        ConnectorInput input = ConnectorInput.of(filled.input());
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
