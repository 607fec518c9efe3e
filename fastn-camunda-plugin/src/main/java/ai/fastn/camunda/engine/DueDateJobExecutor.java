package ai.fastn.camunda.engine;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * A job executor that sleeps until the next due date instead of polling: timers and retries are at most a fraction of a
 * second late, and an idle engine looks for no jobs ({@code camunda.md} 3.2). Jobs of workflows are executed in lanes
 * of their own, under the lease of this node; all others in the engine's pool.
 */
public final class DueDateJobExecutor extends SpringJobExecutor {

    private final LaneSettings settings;
    private final NodeLease lease;
    private final JobIndex index;
    private @Nullable Lanes lanes;

    /** @param plugin connections that no step holds for long */
    public DueDateJobExecutor(LaneSettings settings, DataSource plugin) {
        this.settings = settings;
        this.lease = new NodeLease(plugin);
        this.index = new JobIndex(plugin);
        setWaitTimeInMillis((int) AcquireRunJobs.LONGEST_SLEEP.toMillis());
        setMaxWait(AcquireRunJobs.LONGEST_SLEEP.toMillis());
    }

    @Override
    protected void ensureInitialization() {
        Lanes ofWorkflows = new Lanes(settings, this::jobWasAdded);
        lanes = ofWorkflows;
        acquireJobsCmdFactory = count -> new AcquireRunJobs(this, lease, ofWorkflows, Math.min(count, roomForOthers()));
        super.ensureInitialization();
        acquireJobsRunnable = new Acquisition(this);
    }

    @Override
    protected void startExecutingJobs() {
        index.make();
        isActive = true; // the engine says so when it is too late: what is executed before is given back
        lease.begin(getLockOwner(), this::jobWasAdded);
        super.startExecutingJobs();
    }

    /** What has begun may end, the rest goes to other nodes. */
    @Override
    protected void stopExecutingJobs() {
        isActive = false;
        super.stopExecutingJobs();
        if (lanes != null) {
            lanes.stop();
        }
        lease.end(getLockOwner());
    }

    /** A pool whose size is not known says itself what it can not take. */
    private int roomForOthers() {
        if (!(getTaskExecutor() instanceof ThreadPoolTaskExecutor sized)) {
            return Integer.MAX_VALUE;
        }
        ThreadPoolExecutor pool = sized.getThreadPoolExecutor();
        return pool.getMaximumPoolSize()
                - pool.getActiveCount()
                + pool.getQueue().remainingCapacity();
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
}
