package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.engine.ProgramCollector.StepScript;
import ai.fastn.camunda.runtime.Script;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.jobexecutor.TimerDeclarationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Gives steps, conditions and timers with Fastn code our behavior; leaves everything else as it is. */
final class FastnParseListener extends AbstractBpmnParseListener {

    private final RunSupport support;

    FastnParseListener(RunSupport support) {
        this.support = support;
    }

    @Override
    public void parseScriptTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        if (FastnElements.isFastnScript(element)) {
            step(element, activity, FastnElements.step(element), StepBehavior::new);
        }
    }

    @Override
    public void parseReceiveTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        FastnElements.extraScript(element).ifPresent(script -> {
            step(element, activity, script, StepBehavior::new);
            ProgramCollector.of(scope).other(script);
        });
        ModelledWait.of(FastnElements.properties(element)).ifPresent(wait -> wait.attachTo(activity));
    }

    @Override
    public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
        FastnElements.extraScript(element).ifPresent(script -> {
            step(element, activity, script, InvokeBehavior::new);
            ProgramCollector.of(scope).other(script);
        });
    }

    private static void step(
            Element element,
            ActivityImpl activity,
            Script script,
            BiFunction<RetryCycle, Boolean, AuthorCodeBehavior> behavior) {
        RetryCycle retries = RetryCycle.parse(FastnElements.retryCycle(element));
        ProgramCollector.of(activity.getFlowScope())
                .step(
                        activity,
                        new StepScript(script, retries, FastnElements.camundaAttribute(element, "resultVariable")));
        activity.setActivityBehavior(behavior.apply(retries, activity.isAsyncBefore()));
    }

    @Override
    public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl transition) {
        Element condition = element.element("conditionExpression");
        if (condition != null && FastnElements.isFastnExpression(condition)) {
            ProgramCollector.of(scope).decision(transition, FastnElements.expression(element, condition));
        }
    }

    private static void decision(TransitionImpl transition) {
        transition.setProperty(BpmnParse.PROPERTYNAME_CONDITION, new FastnCondition(transition.getId()));
        ActivityImpl gateway = transition.getSource();
        if (!(gateway.getActivityBehavior() instanceof DecisionBehavior)) {
            gateway.setActivityBehavior(new DecisionBehavior());
        }
    }

    @Override
    public void parseIntermediateTimerEventDefinition(Element timer, ActivityImpl event) {
        Element duration = timer.element("timeDuration");
        if (duration != null && FastnElements.isFastnExpression(duration)) {
            ProgramCollector.of(event).other(FastnElements.waitExpression(event.getId(), duration));
            // our behavior creates the timer, once it knows the due date
            event.setActivityBehavior(new WaitBehavior(
                    Objects.requireNonNull(TimerDeclarationImpl.getDeclarationsForScope(event.getEventScope())
                            .remove(event.getId()))));
        }
    }

    @Override
    public void parseBoundaryTimerEventDefinition(Element timer, boolean interrupting, ActivityImpl event) {
        Element duration = timer.element("timeDuration");
        if (FastnBpmn.TIMEOUT.equals(event.getId()) && duration != null) {
            timeoutOf(duration.getText().trim())
                    .ifPresent(after -> ProgramCollector.of(event).timeout(event, after));
        }
    }

    /** The engine tells of the process after all its elements. */
    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity definition) {
        ProgramCollector parts = ProgramCollector.of(definition);
        Optional<String> prelude = FastnElements.prelude(element);
        if (prelude.isPresent()) {
            FastnProcess process = processOf(element, definition, parts, prelude.get());
            process.attachTo(definition);
            parts.decisions().keySet().forEach(FastnParseListener::decision);
            definition.addListener(ExecutionListener.EVENTNAME_START, new RunStartListener());
            definition.addListener(ExecutionListener.EVENTNAME_END, new RunEndListener());
            AsyncSteps.arrange(process.tier(), parts, definition);
        } else if (!parts.isEmpty()) {
            ConnectorVersions connectors =
                    PublishedConnectors.of(definition.getKey(), FastnElements.properties(element));
            new ModelledProcess(definition, connectors, support).arrange(parts);
        }
    }

    private static FastnProcess processOf(
            Element element, ProcessDefinitionEntity definition, ProgramCollector parts, String prelude) {
        Duration timeout = parts.timeoutAfter();
        String tier = FastnElements.attribute(element, FastnBpmn.TIER);
        if (timeout == null || tier == null) {
            throw new FastnException(
                    ErrorCode.PROGRAM_BROKEN,
                    "process \"" + definition.getKey() + "\" lacks "
                            + (tier == null
                                    ? "attribute fastn:tier"
                                    : "the timer event \"" + FastnBpmn.TIMEOUT + "\" with a duration")
                            + ": deploy what publishing the workflow has generated");
        }
        Map<String, String> properties = FastnElements.properties(element);
        return new FastnProcess(
                parts.program(
                        definition.getKey() + ".js", prelude, PublishedConnectors.of(definition.getKey(), properties)),
                WorkflowSlug.of(definition.getKey()),
                Tier.valueOf(tier),
                timeout,
                ConcurrencyLimits.of(definition.getKey(), properties));
    }

    private static Optional<Duration> timeoutOf(String isoDuration) {
        try {
            return Optional.of(Duration.parse(isoDuration));
        } catch (java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
