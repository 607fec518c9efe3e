package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.CheckpointTable;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.runtime.RunRecord;
import ai.fastn.camunda.runtime.RunScope;
import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import java.util.function.Consumer;

/**
 * What the engine hooks need of the other packages.
 *
 * @param everyEffect whether every READ and WRITE step is a checkpoint (property {@code fastn.checkpoint=every-effect})
 * @param environment the environment this installation serves
 * @param cleanUp called once a run is over and committed: what else is kept per run goes
 */
public record RunSupport(
        StepRunner runner,
        RunRecord record,
        CheckpointTable checkpoints,
        Environment environment,
        boolean everyEffect,
        Consumer<ExecutionId> cleanUp) {

    static RunScope scopeOf(Run run) {
        return new RunScope(
                run.tenant(),
                run.environment(),
                run.workflow(),
                run.version(),
                run.execution(),
                run.input(),
                run.headers(),
                run.trigger(),
                !run.tier().isSynchronous());
    }

    void endOf(Run run) {
        runner.ended(scopeOf(run));
        cleanUp.accept(run.execution());
    }
}
