package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.execution.ExecutionFilter;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.PluginApplication;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.TenantId;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.context.ConfigurableApplicationContext;

/** Tries whether a program does in a real engine what it does as a function. Each job is executed by hand. */
final class EngineTrial implements AutoCloseable {

    private static final int MOST_JOBS = 1_000;

    private final FakeShop shop = new FakeShop();
    private final ScriptedRunner scripted = new ScriptedRunner();
    private final ConfigurableApplicationContext host;
    private final WorkflowCompiler compiler;

    EngineTrial() {
        try {
            host = PluginApplication.start(shop, Map.of("camunda.bpm.job-execution.enabled", "false"), scripted);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        compiler = host.getBean(WorkflowCompiler.class);
    }

    /** What is expected and what came, where they differ. */
    Optional<GeneratedTrial.Fault> fault(String source, String inputJson) {
        Compilation.Compiled compiled = (Compilation.Compiled) compiler.compile(GeneratedTrial.input(source));
        RepositoryService repository = host.getBean(RepositoryService.class);
        String deployment = repository
                .createDeployment()
                .addString("process.bpmn", compiled.bpmn())
                .deploy()
                .getId();
        try {
            Execution execution = run(inputJson);
            World world = scripted.world(execution.id());
            Subject subject = new Subject("generated", source, BenchProcess.read(compiled.bpmn()), inputJson, "{}");
            PlainFunction.Result expected = PlainFunction.run(subject, world.answers(), PlainFunction.TIME);
            return compared(expected, execution, world);
        } finally {
            repository.deleteDeployment(deployment, true);
        }
    }

    private Execution run(String inputJson) {
        ManagementService management = host.getBean(ManagementService.class);
        ProcessInstance instance = host.getBean(RuntimeService.class)
                .startProcessInstanceByKey("program", Map.of("input", Variables.stringValue(inputJson)));
        for (int i = 0; i < MOST_JOBS && last().status() == ExecutionStatus.RUNNING; i++) {
            management.executeJob(next(management, instance).getId());
        }
        return last();
    }

    private static Job next(ManagementService management, ProcessInstance instance) {
        String timeout = management
                .createJobQuery()
                .processInstanceId(instance.getId())
                .activityId("timeout")
                .singleResult()
                .getId();
        return management.createJobQuery().processInstanceId(instance.getId()).list().stream()
                .filter(job -> !job.getId().equals(timeout))
                .findFirst()
                .orElseThrow();
    }

    private Execution last() {
        return host.getBean(ExecutionLog.class)
                .list(TenantId.DEFAULT, new ExecutionFilter(Optional.empty(), Optional.empty(), Optional.empty(), 1))
                .get(0);
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
        shop.close();
    }
}
