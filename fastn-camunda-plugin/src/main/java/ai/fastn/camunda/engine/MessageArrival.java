package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.Run;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.event.EventHandlerImpl;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * A message for a step that waits in {@code fastn.waitFor}: its payload goes on record, and a job goes on with the
 * step. Author code never runs in the call that sends the message. Every other message is handled as before; where the
 * template "wait for event" waits for it, its payload becomes a process variable.
 */
final class MessageArrival extends EventHandlerImpl {

    private static final JsonMapper JSON = new JsonMapper();

    MessageArrival() {
        super(EventType.MESSAGE);
    }

    @Override
    public void handleEvent(
            EventSubscriptionEntity subscription,
            @Nullable Object payload,
            @Nullable Object localPayload,
            @Nullable Object payloadToTriggeredScope,
            @Nullable String businessKey,
            CommandContext context) {
        if (subscription.getActivity() != null
                && subscription.getActivity().getActivityBehavior() instanceof AuthorCodeBehavior) {
            arrived(subscription, payloadOf(payload, localPayload));
        } else {
            super.handleEvent(
                    subscription,
                    kept(subscription, payload),
                    localPayload,
                    payloadToTriggeredScope,
                    businessKey,
                    context);
        }
    }

    /** Where the template waits, the payload that only travels becomes a process variable. */
    private static @Nullable Object kept(EventSubscriptionEntity subscription, @Nullable Object sent) {
        Optional<ModelledWait> wait = ModelledWait.at(subscription);
        if (wait.isEmpty() || !(sent instanceof VariableMap variables) || !travels(variables)) {
            return sent;
        }
        String json = StartVariables.json(FastnBpmn.PAYLOAD_VARIABLE, typed(variables, FastnBpmn.PAYLOAD_VARIABLE));
        VariableMap others = Variables.fromMap(variables);
        others.remove(FastnBpmn.PAYLOAD_VARIABLE);
        return others.putValue(wait.get().variable(), StepVariables.value(subscription.getEventName(), json));
    }

    private static boolean travels(VariableMap variables) {
        TypedValue payload = variables.getValueTyped(FastnBpmn.PAYLOAD_VARIABLE);
        return payload != null && payload.isTransient();
    }

    private static void arrived(EventSubscriptionEntity subscription, String payloadJson) {
        if (!subscription.getEventName().startsWith(FastnBpmn.ENDED_MESSAGE)) {
            record(subscription, payloadJson);
        }
        StepArrivals.arrived(subscription);
    }

    private static void record(EventSubscriptionEntity subscription, String payloadJson) {
        RunSession session = RunSession.current();
        Run run = session.support()
                .record()
                .find(RunSession.idOf(subscription.getExecution()))
                .orElseThrow();
        int call = WaitingCall.parse(subscription.getConfiguration()).call();
        boolean recorded = RunSession.withConnection(
                "the message for " + run.scope() + " can not be recorded",
                connection -> session.support().arrivals().arrived(connection, run.scope(), call, payloadJson));
        if (!recorded) {
            throw new FastnException(
                    ErrorCode.NOBODY_WAITS,
                    run.scope() + " no longer waits for message \"" + subscription.getEventName() + "\"");
        }
    }

    private static String payloadOf(@Nullable Object variables, @Nullable Object localVariables) {
        VariableMap sent = Variables.createVariables();
        add(sent, variables);
        add(sent, localVariables);
        if (sent.isEmpty()) {
            return "null";
        }
        return sent.containsKey(FastnBpmn.PAYLOAD_VARIABLE)
                ? StartVariables.json(FastnBpmn.PAYLOAD_VARIABLE, typed(sent, FastnBpmn.PAYLOAD_VARIABLE))
                : asObject(sent);
    }

    @SuppressWarnings("unchecked") // as the engine does
    private static void add(VariableMap sent, @Nullable Object variables) {
        if (variables instanceof VariableMap typed) {
            typed.keySet().forEach(name -> sent.putValueTyped(name, typed(typed, name)));
        } else if (variables instanceof Map<?, ?> plain) {
            sent.putAll((Map<String, Object>) plain);
        }
    }

    private static TypedValue typed(VariableMap variables, String name) {
        TypedValue value = variables.getValueTyped(name);
        return value == null ? Variables.untypedNullValue() : value;
    }

    private static String asObject(VariableMap sent) {
        ObjectNode object = JSON.createObjectNode();
        try {
            for (String name : sent.keySet()) {
                object.set(name, JSON.readTree(StartVariables.json(name, typed(sent, name))));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: JSON of a variable is no JSON", e);
        }
        return object.toString();
    }
}
