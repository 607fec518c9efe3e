package ai.fastn.camunda.engine;

import java.time.Duration;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.camunda.bpm.engine.impl.JobQueryImpl;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionStrategy;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.impl.jobexecutor.SequentialJobAcquisitionRunnable;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;

/**
 * A job executor that sleeps until the next due date instead of polling: timers and retries are at most a fraction of a
 * second late, and an idle engine looks for no jobs ({@code camunda.md} 3.2). Jobs of workflows are executed under the
 * lease of this node.
 */
public final class DueDateJobExecutor extends SpringJobExecutor {

    /** Without a due date in sight, other nodes' jobs are found after this time at the latest. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(60);

    /** After a failed look for jobs: the database may be back soon. */
    private static final Duration SLEEP_AFTER_FAILURE = Duration.ofSeconds(1);

    private final NodeLease lease;

    public DueDateJobExecutor(NodeLease lease) {
        this.lease = lease;
        setWaitTimeInMillis((int) LONGEST_SLEEP.toMillis());
        setMaxWait(LONGEST_SLEEP.toMillis());
    }

    @Override
    protected void ensureInitialization() {
        acquireJobsCmdFactory = count -> new AcquireRunJobs(this, count, lease);
        super.ensureInitialization();
        acquireJobsRunnable = new Acquisition(this);
    }

    @Override
    protected void startExecutingJobs() {
        lease.begin(getLockOwner(), this::jobWasAdded);
        super.startExecutingJobs();
    }

    @Override
    protected void stopExecutingJobs() {
        super.stopExecutingJobs();
        lease.end(getLockOwner());
    }

    @Override
    public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl processEngine) {
        return new InHand(jobIds, processEngine, lease.inHand());
    }

    /** Jobs on their way through a thread of this node. */
    private static final class InHand extends ExecuteJobsRunnable {

        private final Set<String> inHand;

        InHand(List<String> jobIds, ProcessEngineImpl engine, Set<String> inHand) {
            super(jobIds, engine);
            this.inHand = inHand;
            inHand.addAll(jobIds);
        }

        @Override
        protected void executeJob(String id, CommandExecutor commands, JobFailureCollector failures) {
            inHand.add(id); // one that followed another was not announced
            try {
                super.executeJob(id, commands, failures);
            } finally {
                inHand.remove(id);
            }
        }

        @Override
        protected void unlockJob(String id, CommandExecutor commands) {
            try {
                super.unlockJob(id, commands);
            } finally {
                inHand.remove(id);
            }
        }
    }

    /** One acquisition loop; a hint that arrives during a cycle starts the next one at once. */
    static final class Acquisition extends SequentialJobAcquisitionRunnable {

        private final AtomicLong hints = new AtomicLong();
        private volatile long hintsSeen;
        private boolean failed;

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
            failed = true;
            try {
                AcquiredJobs acquired = super.acquireJobs(context, strategy, engine);
                failed = false;
                return acquired;
            } finally {
                if (failed) {
                    keepForTheNextCycle(context, engine.getName());
                }
            }
        }

        /**
         * The engine would forget the jobs for which there was no thread in the last cycle: locked, and never executed.
         */
        private static void keepForTheNextCycle(JobAcquisitionContext context, String engine) {
            context.getAdditionalJobsByEngine()
                    .getOrDefault(engine, List.of())
                    .forEach(jobs -> context.submitRejectedBatch(engine, jobs));
        }

        @Override
        protected void suspendAcquisition(long millis) {
            if (hintsSeen != hints.get() && !failed) {
                return; // under load the database need not be asked for due dates between two acquisitions
            }
            long sleep = Math.min(millis, failed ? SLEEP_AFTER_FAILURE.toMillis() : millisToNextDueDate());
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

        /** An exception would end the thread, and with it the execution of jobs on this node. */
        private static long millisToNextDueDate(ProcessEngineImpl engine) {
            try {
                return nextDueDate(engine);
            } catch (RuntimeException e) {
                return SLEEP_AFTER_FAILURE.toMillis();
            }
        }

        private static long nextDueDate(ProcessEngineImpl engine) {
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
