package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.ArrivedEvents;
import ai.fastn.camunda.runtime.CheckpointTable;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.runtime.RunRecord;
import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.workflow.Environment;

/**
 * What the engine hooks need of the other packages.
 *
 * @param everyEffect whether every READ and WRITE step is a checkpoint (property {@code fastn.checkpoint=every-effect})
 * @param environment the environment this installation serves
 * @param arrivals where events that runs have waited for go on record
 * @param remains what else is kept per run and goes with it
 * @param places which runs may be under way at once
 * @param stepCheck what is wrong with the code of a step that a person has drawn
 */
public record RunSupport(
        StepRunner runner,
        RunRecord record,
        CheckpointTable checkpoints,
        Environment environment,
        boolean everyEffect,
        ArrivedEvents arrivals,
        RunRemains remains,
        RunPlaces places,
        StepCheck stepCheck) {

    void endOf(Run run) {
        runner.ended(run.scope());
        if (run.tier().isSynchronous()) {
            remains.clearInstant(run.execution());
        }
    }
}
