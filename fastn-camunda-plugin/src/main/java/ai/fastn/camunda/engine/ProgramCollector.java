package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.Program;
import ai.fastn.camunda.runtime.Script;
import ai.fastn.camunda.workflow.ConnectorVersions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ProcessDefinitionImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.jspecify.annotations.Nullable;

/** Gathers the pieces of one process while the engine parses it; the engine tells of the process itself last. */
final class ProgramCollector {

    private static final String PROPERTY = "fastn.collector";

    private final Map<String, Script> scripts = new LinkedHashMap<>();
    private final List<ActivityImpl> steps = new ArrayList<>();
    private @Nullable ActivityImpl timeout;
    private @Nullable Duration timeoutAfter;

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

    void step(ActivityImpl activity, Script script) {
        steps.add(activity);
        scripts.put(script.elementId(), script);
    }

    /** A condition or the expression of a wait. */
    void expression(Script script) {
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

    List<ActivityImpl> steps() {
        return steps;
    }

    @Nullable ActivityImpl timeout() {
        return timeout;
    }

    @Nullable Duration timeoutAfter() {
        return timeoutAfter;
    }
}
