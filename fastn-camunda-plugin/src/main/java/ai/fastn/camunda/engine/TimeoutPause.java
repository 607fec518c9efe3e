package ai.fastn.camunda.engine;

import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.incident.IncidentHandler;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.runtime.Incident;
import org.jspecify.annotations.Nullable;

/**
 * Stops the clock of the execution timeout while a failed run waits for an operator, and lets it go on with the time
 * that was left ({@code camunda.md} 2.3). Called after the engine's own handler.
 */
final class TimeoutPause implements IncidentHandler {

    @Override
    public String getIncidentHandlerType() {
        return Incident.FAILED_JOB_HANDLER_TYPE;
    }

    @Override
    public @Nullable Incident handleIncident(IncidentContext context, String message) {
        for (TimerEntity timer : timeoutsOf(context)) {
            timer.setSuspensionState(SuspensionState.SUSPENDED.getStateCode());
        }
        return null;
    }

    @Override
    public void resolveIncident(IncidentContext context) {
        JobEntity job = Context.getCommandContext().getCurrentJob();
        if (job != null && job.getId().equals(context.getConfiguration())) {
            return; // the engine clears incidents after every job, also where there never was one
        }
        for (TimerEntity timer : timeoutsOf(context)) {
            if (timer.isSuspended() && !timer.getExecution().isSuspended()) {
                goOn(timer);
            }
        }
    }

    private static void goOn(TimerEntity timer) {
        Duration pause = RunSession.current().support().record().resumed(RunSession.idOf(timer.getExecution()));
        timer.setSuspensionState(SuspensionState.ACTIVE.getStateCode());
        TimeoutTimer.move(timer, timer.getDuedate().toInstant().plus(pause));
    }

    @Override
    public void deleteIncident(IncidentContext context) {
        // the job goes because its process instance does
    }

    private static List<TimerEntity> timeoutsOf(IncidentContext context) {
        ExecutionEntity execution = executionOf(context);
        return execution == null || !FastnProcess.isFastn(execution.getProcessDefinition())
                ? List.of()
                : TimeoutTimer.of(execution);
    }

    private static @Nullable ExecutionEntity executionOf(IncidentContext context) {
        return context.getExecutionId() == null
                ? null
                : Context.getCommandContext().getExecutionManager().findExecutionById(context.getExecutionId());
    }
}
