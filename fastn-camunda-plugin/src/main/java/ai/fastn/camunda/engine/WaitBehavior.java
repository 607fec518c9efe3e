package ai.fastn.camunda.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.camunda.bpm.engine.impl.jobexecutor.TimerDeclarationImpl;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;

/** {@code fastn.sleep} as a timer event: a timer job in the background tiers, a wait in the thread for Instant. */
final class WaitBehavior extends AuthorCodeBehavior {

    private final TimerDeclarationImpl declared;

    WaitBehavior(TimerDeclarationImpl declared) {
        super(RetryCycle.parse(Optional.empty()));
        this.declared = declared;
    }

    @Override
    Next perform(ActiveRun run, ActivityExecution execution, int attempt) {
        Instant now = RunSession.now();
        Instant due = run.live().waitOf(execution.getActivity().getId(), now, run.deadline());
        if (run.isInstant()) {
            Failures.sleep(run, Duration.between(now, due));
            return () -> leave(execution);
        }
        return () -> {
            run.atRest();
            StepJobs.timer(execution, declared, due);
        };
    }

    /** The timer has fired. */
    @Override
    public void signal(ActivityExecution execution, String signalName, Object signalData) {
        leave(execution);
    }
}
