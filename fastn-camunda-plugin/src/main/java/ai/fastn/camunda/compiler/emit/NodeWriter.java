package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.slice.Action;
import ai.fastn.camunda.compiler.slice.Step;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Definitions;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimeDuration;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Writes one node. */
final class NodeWriter {

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String THROWN_ERROR = "fastn_thrown";

    private final BpmnModelInstance model;
    private final Tries tries;
    private final Ids ids;
    private final String retryCycle;
    private final boolean asynchronous;

    NodeWriter(BpmnModelInstance model, Tries tries, Ids ids, WorkflowConfiguration configuration) {
        this.model = model;
        this.tries = tries;
        this.ids = ids;
        this.retryCycle = retryCycle(configuration.retryPolicy());
        this.asynchronous = !configuration.tier().isSynchronous();
    }

    private static String retryCycle(RetryPolicy policy) {
        return policy.waits().isEmpty()
                ? "R1/PT1S"
                : policy.waits().stream().map(Duration::toString).collect(Collectors.joining(","));
    }

    FlowNode write(Step step, Contents container, boolean first) {
        FlowNode node = node(step, first);
        container.add(node);
        if (step.action() instanceof Action.Fail) {
            errorEnd((EndEvent) node);
        }
        step.source().ifPresent(place -> attribute(node, FastnBpmn.SOURCE, place.toString()));
        return node;
    }

    private FlowNode node(Step step, boolean first) {
        String id = ids.of(step);
        Action action = step.action();
        if (action instanceof Action.Code code) {
            return task(id, code, first);
        }
        if (action instanceof Action.Decision decision) {
            return kind(named(ExclusiveGateway.class, id, decision.question()), StepKind.DECISION);
        }
        if (action instanceof Action.Sleep sleep) {
            return wait(id, sleep);
        }
        if (action instanceof Action.Attempt attempt) {
            return named(SubProcess.class, id, tries.name(attempt.region()));
        }
        if (action instanceof Action.Done done) {
            String name = done.outcome().isEmpty() ? "Done" : done.outcome();
            return kind(named(EndEvent.class, id, name), StepKind.DONE);
        }
        if (action instanceof Action.Join) {
            return model.newInstance(ExclusiveGateway.class, id);
        }
        return named(EndEvent.class, id, action instanceof Action.Leave leave ? leave.name() : "Failed");
    }

    private Activity task(String id, Action.Code code, boolean first) {
        Activity task = activity(id, code);
        document(task, code);
        kind(task, code.kind());
        if (!code.effects().isEmpty()) {
            attribute(
                    task,
                    FastnBpmn.EFFECTS,
                    code.effects().stream().map(EffectUse::name).distinct().collect(Collectors.joining(" ")));
        }
        if (code.returns()) {
            attribute(task, FastnBpmn.RETURNS, "true");
        }
        if (asynchronous && (first || code.kind() != StepKind.PROCESS)) {
            task.setCamundaAsyncBefore(true);
        }
        CamundaFailedJobRetryTimeCycle cycle = model.newInstance(CamundaFailedJobRetryTimeCycle.class);
        cycle.setTextContent(retryCycle);
        task.getExtensionElements().addChildElement(cycle);
        effects(task.getExtensionElements(), code.effects());
        return task;
    }

    /** Each once, with every table, key or name it is about: what the reference of the workflow is made of. */
    static void effects(ExtensionElements extensions, List<EffectUse> effects) {
        for (EffectUse effect : new LinkedHashSet<>(effects)) {
            List<String> targets = effect.targets().isEmpty() ? List.of("") : effect.targets();
            for (String target : targets) {
                ModelElementInstance element = extensions.addExtensionElement(FastnBpmn.NAMESPACE, FastnBpmn.EFFECT);
                element.setAttributeValue(FastnBpmn.NAME, effect.name());
                element.setAttributeValue(FastnBpmn.KIND, effect.kind().name());
                if (!target.isEmpty()) {
                    element.setAttributeValue(FastnBpmn.TARGET, target);
                }
            }
        }
    }

    /**
     * A step that does nothing but wait for an event is what BPMN calls a receive task; one that only waits for another
     * workflow is a call activity.
     */
    private Activity activity(String id, Action.Code code) {
        if (code.fused().isEmpty() && code.effects().size() == 1) {
            EffectUse effect = code.effects().get(0);
            if (effect.name().equals(EffectUse.WAIT_FOR)) {
                return withScript(named(ReceiveTask.class, id, Wording.of(code)), code);
            }
            if (effect.invoked().isPresent()) {
                CallActivity call = withScript(named(CallActivity.class, id, Wording.of(code)), code);
                call.setCalledElement(effect.invoked().get());
                return call;
            }
        }
        return scriptTask(id, code);
    }

    private ScriptTask scriptTask(String id, Action.Code code) {
        ScriptTask task = named(ScriptTask.class, id, Wording.of(code));
        task.setExtensionElements(model.newInstance(ExtensionElements.class));
        task.setScriptFormat(FastnBpmn.SCRIPT_FORMAT);
        org.camunda.bpm.model.bpmn.instance.Script text =
                model.newInstance(org.camunda.bpm.model.bpmn.instance.Script.class);
        text.setTextContent(code.text());
        task.setScript(text);
        return task;
    }

    /** BPMN gives only a script task a place for code. */
    private <T extends Activity> T withScript(T task, Action.Code code) {
        task.setExtensionElements(model.newInstance(ExtensionElements.class));
        task.getExtensionElements()
                .addExtensionElement(FastnBpmn.NAMESPACE, FastnBpmn.SCRIPT)
                .setTextContent(code.text());
        return task;
    }

    private void document(Activity task, Action.Code code) {
        String text = code.fused().map(reason -> reason + "\n\n").orElse("") + code.original();
        if (!text.isBlank()) {
            Documentation documentation = model.newInstance(Documentation.class, task.getId() + "_documentation");
            documentation.setTextContent(text);
            task.getDocumentations().add(documentation);
        }
    }

    private FlowNode wait(String id, Action.Sleep sleep) {
        IntermediateCatchEvent event =
                kind(named(IntermediateCatchEvent.class, id, Wording.sleep(sleep.expression())), StepKind.PROCESS);
        TimerEventDefinition timer = model.newInstance(TimerEventDefinition.class, ids.unique(id + "_timer"));
        event.getEventDefinitions().add(timer);
        TimeDuration duration = model.newInstance(TimeDuration.class, id + "_duration");
        timer.setTimeDuration(duration);
        duration.setAttributeValueNs(XSI, "type", "tFormalExpression");
        duration.setAttributeValue("language", FastnBpmn.SCRIPT_FORMAT);
        duration.setTextContent(sleep.expression());
        return event;
    }

    /** The blank start event of a try. */
    StartEvent start(Contents attempt, String id) {
        StartEvent start = named(StartEvent.class, ids.unique(id + "_start"), "Try");
        attempt.add(start);
        return start;
    }

    static String boundaryId(String attempt) {
        return attempt + "_error";
    }

    void boundary(Contents container, SubProcess attempt, String id) {
        BoundaryEvent boundary = named(BoundaryEvent.class, ids.unique(boundaryId(id)), "On error");
        container.add(boundary);
        boundary.setAttachedTo(attempt);
        ErrorEventDefinition definition =
                model.newInstance(ErrorEventDefinition.class, ids.unique(boundaryId(id) + "_definition"));
        boundary.getEventDefinitions().add(definition);
        definition.setError(thrown());
    }

    private void errorEnd(EndEvent end) {
        ErrorEventDefinition definition =
                model.newInstance(ErrorEventDefinition.class, ids.unique(end.getId() + "_definition"));
        end.getEventDefinitions().add(definition);
        definition.setError(thrown());
    }

    private Error thrown() {
        Error existing = model.getModelElementById(THROWN_ERROR);
        if (existing != null) {
            return existing;
        }
        Error error = model.newInstance(Error.class, THROWN_ERROR);
        Definitions definitions = model.getDefinitions();
        definitions.getRootElements().add(error);
        error.setName("Thrown by the workflow");
        error.setErrorCode(FastnBpmn.THROWN);
        return error;
    }

    private <T extends FlowNode> T named(Class<T> type, String id, String name) {
        T node = model.newInstance(type, id);
        node.setName(name);
        return node;
    }

    private static <T extends FlowNode> T kind(T node, StepKind kind) {
        attribute(node, FastnBpmn.KIND, kind.name());
        return node;
    }

    private static void attribute(FlowNode node, String name, String value) {
        node.setAttributeValueNs(FastnBpmn.NAMESPACE, name, value);
    }
}
