package ai.fastn.camunda.engine;

import java.time.Duration;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.camunda.bpm.engine.impl.JobQueryImpl;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionStrategy;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.SequentialJobAcquisitionRunnable;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;

/**
 * A job executor that sleeps until the next due date instead of polling: timers and retries are at most a fraction of a
 * second late, and an idle engine asks the database nothing ({@code camunda.md} 3.2).
 */
public final class DueDateJobExecutor extends SpringJobExecutor {

    /** Without a due date in sight, other nodes' jobs are found after this time at the latest. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(60);

    public DueDateJobExecutor() {
        setWaitTimeInMillis((int) LONGEST_SLEEP.toMillis());
        setMaxWait(LONGEST_SLEEP.toMillis());
    }

    @Override
    protected void ensureInitialization() {
        super.ensureInitialization();
        acquireJobsRunnable = new Acquisition(this);
    }

    /** One acquisition loop; a hint that arrives during a cycle starts the next one at once. */
    private static final class Acquisition extends SequentialJobAcquisitionRunnable {

        private final AtomicLong hints = new AtomicLong();
        private volatile long hintsSeen;

        Acquisition(JobExecutor jobExecutor) {
            super(jobExecutor);
        }

        @Override
        public void jobWasAdded() {
            hints.incrementAndGet();
            super.jobWasAdded();
        }

        @Override
        protected AcquiredJobs acquireJobs(
                JobAcquisitionContext context, JobAcquisitionStrategy strategy, ProcessEngineImpl engine) {
            hintsSeen = hints.get();
            return super.acquireJobs(context, strategy, engine);
        }

        @Override
        protected void suspendAcquisition(long millis) {
            if (hintsSeen != hints.get()) {
                return; // under load the database need not be asked for due dates between two acquisitions
            }
            long sleep = Math.min(millis, millisToNextDueDate());
            if (sleep <= 0) {
                return;
            }
            synchronized (MONITOR) {
                if (hintsSeen == hints.get()) {
                    super.suspendAcquisition(sleep);
                }
            }
        }

        private long millisToNextDueDate() {
            long nearest = LONGEST_SLEEP.toMillis();
            Iterator<ProcessEngineImpl> engines = jobExecutor.engineIterator();
            while (engines.hasNext()) {
                nearest = Math.min(nearest, millisToNextDueDate(engines.next()));
            }
            return nearest;
        }

        private static long millisToNextDueDate(ProcessEngineImpl engine) {
            Date now = ClockUtil.getCurrentTime();
            List<Job> next = engine.getProcessEngineConfiguration()
                    .getCommandExecutorTxRequired()
                    .execute(context -> {
                        JobQueryImpl waiting = new JobQueryImpl();
                        waiting.active()
                                .withRetriesLeft()
                                .duedateHigherThan(now)
                                .orderByJobDuedate()
                                .asc();
                        return waiting.executeList(context, new Page(0, 1));
                    });
            return next.isEmpty()
                    ? LONGEST_SLEEP.toMillis()
                    : Duration.between(now.toInstant(), next.get(0).getDuedate().toInstant())
                                    .toMillis()
                            + 1;
        }
    }
}
