package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.Program;
import ai.fastn.camunda.runtime.Script;
import ai.fastn.camunda.workflow.ConnectorVersions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ProcessDefinitionImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.jspecify.annotations.Nullable;

/** Gathers the pieces of one process while the engine parses it; the engine tells of the process itself last. */
final class ProgramCollector {

    private static final String PROPERTY = "fastn.collector";

    private final Map<String, Script> scripts = new LinkedHashMap<>();
    private final Map<ActivityImpl, StepScript> steps = new LinkedHashMap<>();
    private final Map<TransitionImpl, Script> decisions = new LinkedHashMap<>();
    private final List<String> others = new ArrayList<>();
    private @Nullable ActivityImpl timeout;
    private @Nullable Duration timeoutAfter;

    /**
     * The code of a script task.
     *
     * @param resultVariable {@code camunda:resultVariable}; only processes that people have drawn use it
     */
    record StepScript(
            Script script, RetryCycle retries, @Nullable String resultVariable) {}

    /** The collector of the definition that a scope belongs to. */
    static ProgramCollector of(ScopeImpl scope) {
        ProcessDefinitionImpl definition = scope.getProcessDefinition();
        if (definition.getProperty(PROPERTY) instanceof ProgramCollector collector) {
            return collector;
        }
        ProgramCollector collector = new ProgramCollector();
        definition.setProperty(PROPERTY, collector);
        return collector;
    }

    void step(ActivityImpl activity, StepScript step) {
        steps.put(activity, step);
        scripts.put(step.script().elementId(), step.script());
    }

    /** A step or wait of a kind that only compiled workflows have. */
    void other(Script script) {
        others.add(script.elementId());
        scripts.put(script.elementId(), script);
    }

    void decision(TransitionImpl flow, Script script) {
        decisions.put(flow, script);
        scripts.put(script.elementId(), script);
    }

    void timeout(ActivityImpl activity, Duration after) {
        timeout = activity;
        timeoutAfter = after;
    }

    boolean isEmpty() {
        return scripts.isEmpty();
    }

    Program program(String fileName, String prelude, ConnectorVersions connectors) {
        return new Program(fileName, prelude, scripts, connectors);
    }

    Collection<ActivityImpl> steps() {
        return steps.keySet();
    }

    Map<ActivityImpl, StepScript> stepScripts() {
        return steps;
    }

    Map<TransitionImpl, Script> decisions() {
        return decisions;
    }

    /** Ids of the elements of kinds that only compiled workflows have. */
    List<String> others() {
        return others;
    }

    @Nullable ActivityImpl timeout() {
        return timeout;
    }

    @Nullable Duration timeoutAfter() {
        return timeoutAfter;
    }
}
