package ai.fastn.camunda.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionStrategy;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.SequentialJobAcquisitionRunnable;

/**
 * The one loop of a node that looks for jobs, for all lanes. It sleeps until the next due date; a hint that arrives
 * during a cycle starts the next one at once.
 */
final class Acquisition extends SequentialJobAcquisitionRunnable {

    /** After a failed look for jobs: the database may be back soon. */
    private static final Duration SLEEP_AFTER_FAILURE = Duration.ofSeconds(1);

    private final AtomicLong hints = new AtomicLong();
    private volatile long hintsSeen;
    private boolean failed;
    private Duration sleep = Duration.ZERO;

    Acquisition(JobExecutor executor) {
        super(executor);
    }

    @Override
    public void jobWasAdded() {
        hints.incrementAndGet();
        super.jobWasAdded();
    }

    /** As the engine does it, but also when its own pool can take nothing: the lanes can. */
    @Override
    protected AcquiredJobs acquireJobs(
            JobAcquisitionContext context, JobAcquisitionStrategy strategy, ProcessEngineImpl engine) {
        hintsSeen = hints.get();
        failed = true;
        try {
            AcquiredJobs acquired = acquire(context, strategy, engine);
            failed = false;
            return acquired;
        } finally {
            if (failed) {
                keepForTheNextCycle(context, engine.getName());
            }
        }
    }

    private AcquiredJobs acquire(
            JobAcquisitionContext context, JobAcquisitionStrategy strategy, ProcessEngineImpl engine) {
        jobExecutor.logAcquisitionAttempt(engine);
        AcquiredJobs acquired = engine.getProcessEngineConfiguration()
                .getCommandExecutorTxRequired()
                .execute(jobExecutor.getAcquireJobsCmd(strategy.getNumJobsToAcquire(engine.getName())));
        context.submitAcquiredJobs(engine.getName(), acquired);
        jobExecutor.logAcquiredJobs(engine, acquired.size());
        return acquired;
    }

    /** The engine would forget the jobs for which there was no thread in the last cycle: locked, and never executed. */
    private static void keepForTheNextCycle(JobAcquisitionContext context, String engine) {
        context.getAdditionalJobsByEngine()
                .getOrDefault(engine, List.of())
                .forEach(jobs -> context.submitRejectedBatch(engine, jobs));
    }

    @Override
    protected void executeJobs(JobAcquisitionContext context, ProcessEngineImpl engine, AcquiredJobs acquired) {
        if (acquired instanceof AcquiredRuns runs) {
            runs.forLanes()
                    .forEach(batch ->
                            batch.lane().add(batch.tenant(), jobExecutor.getExecuteJobsRunnable(batch.jobs(), engine)));
        }
        super.executeJobs(context, engine, acquired);
    }

    @Override
    protected void configureNextAcquisitionCycle(JobAcquisitionContext context, JobAcquisitionStrategy strategy) {
        super.configureNextAcquisitionCycle(context, strategy);
        sleep = context.getAcquiredJobsByEngine().values().stream()
                .map(acquired -> ((AcquiredRuns) acquired).untilNextLook())
                .reduce(
                        context.getRejectedJobsByEngine().isEmpty()
                                ? AcquireRunJobs.LONGEST_SLEEP
                                : AcquireRunJobs.CROWDED,
                        Acquisition::shorter);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    protected void suspendAcquisition(long millis) {
        long wait = (failed ? shorter(sleep, SLEEP_AFTER_FAILURE) : sleep).toMillis();
        synchronized (MONITOR) {
            if (failed || hintsSeen == hints.get()) {
                super.suspendAcquisition(wait);
            }
        }
    }
}
