package ai.fastn.camunda.engine;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.Program;
import ai.fastn.camunda.runtime.Script;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;

/** Makes Fastn code run in a process that a person has drawn: each step and each condition is a program of its own. */
final class ModelledProcess {

    private static final String VARIABLES = """
            "use strict"; var $ret, $thrown, ctx;
            $program({
              variables: {
                get $ctx() { return ctx },
                set $ctx($v) { ctx = { input: $v.input.input ?? null, variables: $v.input, headers: $v.headers, execution: $v.execution } },
                get $ret() { return $ret }, set $ret($v) { $ret = $v },
                get $thrown() { return $thrown }, set $thrown($v) { $thrown = $v }
              },
              functions: {}
            });
            """;

    /** Decisions are made anew whenever the engine asks: they must not have done anything. */
    private static final String NO_CALLS = """
            const fetch = () => { throw new TypeError("a condition makes no calls: put a read step before the decision") };
            const fastn = new Proxy({}, { get: fetch });
            """;

    private final ProcessDefinitionEntity definition;
    private final ConnectorVersions connectors;
    private final WorkflowSlug workflow;
    private final RunSupport support;
    private final List<String> mistakes = new ArrayList<>();

    ModelledProcess(ProcessDefinitionEntity definition, ConnectorVersions connectors, RunSupport support) {
        this.definition = definition;
        this.connectors = connectors;
        this.workflow = slugOf(definition.getKey());
        this.support = support;
    }

    /**
     * Gives the collected elements the behavior they have here.
     *
     * @throws FastnException STEP_BROKEN, STEP_NOT_POSSIBLE
     */
    void arrange(ProgramCollector parts) {
        parts.others().forEach(this::refuse);
        if (isBeingDeployed()) {
            check(parts);
        }
        parts.stepScripts().forEach(this::step);
        parts.decisions().forEach(this::condition);
    }

    private void refuse(String element) {
        throw new FastnException(
                ErrorCode.STEP_NOT_POSSIBLE,
                "element \"" + element + "\" of process \"" + definition.getKey()
                        + "\" has Fastn code outside a script task or a condition, which only compiled workflows have:"
                        + " draw a plain timer event, receive task or call activity");
    }

    /** Not when a node reads what was deployed before: then a step whose connector is gone fails when it runs. */
    private boolean isBeingDeployed() {
        return Context.getCommandContext().getDbEntityManager().getCachedEntitiesByType(DeploymentEntity.class).stream()
                .anyMatch(DeploymentEntity::isNew);
    }

    private void check(ProgramCollector parts) {
        parts.stepScripts()
                .forEach((activity, step) -> check(
                        "step", nameOf(activity), step.script(), step.script().text()));
        parts.decisions()
                .forEach((flow, script) ->
                        check("condition of flow", flow.getId(), script, "return (" + script.text() + "\n)"));
        if (!mistakes.isEmpty()) {
            throw new FastnException(
                    ErrorCode.STEP_BROKEN,
                    "process \"" + definition.getKey() + "\" has code that can not run: "
                            + String.join("; ", mistakes));
        }
    }

    private void check(String kind, String name, Script script, String body) {
        TenantId tenant = FastnProcess.tenantOf(definition.getTenantId());
        List<String> found = support.stepCheck().mistakes(tenant, connectors, body);
        List<String> all = found.isEmpty()
                ? support.runner().mistake(program(script)).stream().toList()
                : found;
        all.forEach(mistake -> mistakes.add(kind + " \"" + name + "\", " + mistake));
    }

    private static String nameOf(ActivityImpl activity) {
        String name = activity.getName();
        return name == null || name.isBlank() ? activity.getId() : name;
    }

    private void step(ActivityImpl activity, ProgramCollector.StepScript step) {
        ModelledStep modelled = new ModelledStep(workflow, program(step.script()), step.resultVariable());
        modelled.attachTo(activity);
        activity.setActivityBehavior(new ModelledStepBehavior(step.retries(), modelled));
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, new ModelledStepEnd(modelled));
        AsyncSteps.keepDeclarationOnly(activity); // our own job takes the place of the engine's
    }

    private void condition(TransitionImpl flow, Script script) {
        flow.setProperty(
                BpmnParse.PROPERTYNAME_CONDITION, new ModelledCondition(workflow, program(script), flow.getId()));
    }

    private Program program(Script script) {
        String prelude = script.form() == Script.Form.EXPRESSION ? VARIABLES + NO_CALLS : VARIABLES;
        return new Program(
                definition.getKey() + "." + script.elementId() + ".js",
                prelude,
                Map.of(script.elementId(), returning(script)),
                connectors);
    }

    /** What the code gives back is the result of its run. */
    private static Script returning(Script script) {
        return new Script(script.elementId(), script.text(), script.line(), script.column(), script.form(), true);
    }

    /** Ids of processes may hold what slugs may not; two of them never share a slug, and so their state. */
    static WorkflowSlug slugOf(String key) {
        if (WorkflowSlug.isSlug(key)) {
            return WorkflowSlug.of(key);
        }
        String hash = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
        String readable = WorkflowSlug.fromName(key).value();
        return WorkflowSlug.fromName(readable.substring(0, Math.min(readable.length(), 80)) + "-" + hash);
    }
}
