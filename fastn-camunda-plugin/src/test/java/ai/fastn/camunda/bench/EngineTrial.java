package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.ExecutionStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/** Tries whether a program does in a real engine what it does as a function. Each job is executed by hand. */
final class EngineTrial implements AutoCloseable {

    private static final int MOST_JOBS = 1_000;

    private final ScriptedRunner scripted = new ScriptedRunner();
    private final SteppedHost host = new SteppedHost(Map.of(), scripted).start();
    private final WorkflowCompiler compiler = host.bean(WorkflowCompiler.class);

    /** What is expected and what came, where they differ. */
    Optional<GeneratedTrial.Fault> fault(String source, String inputJson) {
        Compilation.Compiled compiled = (Compilation.Compiled) compiler.compile(GeneratedTrial.input(source));
        String deployment = host.deploy(compiled::bpmn);
        try {
            Execution execution = run(inputJson);
            World world = scripted.world(execution.id());
            Subject subject = new Subject("generated", source, BenchProcess.read(compiled.bpmn()), inputJson, "{}");
            PlainFunction.Result expected = PlainFunction.run(subject, world.answers(), PlainFunction.TIME);
            return compared(expected, execution, world);
        } finally {
            host.repository().deleteDeployment(deployment, true);
        }
    }

    private Execution run(String inputJson) {
        ProcessInstance instance = host.start("program", inputJson);
        for (int i = 0; i < MOST_JOBS && host.last("program").status() == ExecutionStatus.RUNNING; i++) {
            host.executeNext(instance);
        }
        return host.last("program");
    }

    private static Optional<GeneratedTrial.Fault> compared(
            PlainFunction.Result expected, Execution execution, World world) {
        String wanted = end(expected.observed().outcome()) + "\n"
                + expected.observed().effects() + "\n" + expected.observed().console();
        String got =
                end(execution) + "\n" + String.join("\n", world.trace()) + "\n" + String.join("\n", world.console());
        boolean same = Comparison.comparable(wanted).equals(Comparison.comparable(got));
        return same
                ? Optional.empty()
                : Optional.of(new GeneratedTrial.Fault("engine", Mode.EVERY_EFFECT, false, wanted, got));
    }

    /** The JSON of a result, or the error's name and message. */
    private static String end(String outcome) {
        List<String> lines = outcome.lines().toList();
        return outcome.startsWith("done ")
                ? normal(lines.get(lines.size() - 1).substring("json ".length()))
                : lines.get(0);
    }

    private static String end(Execution execution) {
        return execution
                .error()
                .map(error -> "thrown " + error.name() + ": " + error.message())
                .orElseGet(() -> normal(execution.result().orElse("nothing")));
    }

    private static String normal(String json) {
        return json.startsWith("!") ? json : Replies.read(json).toString();
    }

    @Override
    public void close() {
        host.close();
    }
}
