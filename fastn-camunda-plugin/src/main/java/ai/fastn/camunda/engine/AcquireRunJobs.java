package ai.fastn.camunda.engine;

import ai.fastn.camunda.engine.AcquiredRuns.ForLane;
import ai.fastn.camunda.engine.JobQueue.OfDefinition;
import ai.fastn.camunda.engine.WorkflowHomes.Home;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSession;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/**
 * One look for jobs: each lane gets as many as it has places, its tenants in turn; other processes get theirs as the
 * engine would choose them. A node without a lease gets none.
 */
final class AcquireRunJobs implements Command<AcquiredJobs> {

    /** Without a due date in sight, other nodes' jobs are found after this time at the latest. */
    static final Duration LONGEST_SLEEP = Duration.ofSeconds(60);

    /** Until a lost lease may be back. */
    private static final Duration WITHOUT_LEASE = Duration.ofSeconds(1);

    /**
     * When all that was wanted is being locked by other nodes, or the engine's own pool is full: as the engine waits.
     */
    static final Duration CROWDED = Duration.ofMillis(100);

    /** Definitions that one look reads for the first time; reading one takes some milliseconds. */
    private static final int NEW_DEFINITIONS = 16;

    private final JobExecutor executor;
    private final NodeLease lease;
    private final Lanes lanes;
    private final int others;

    /** @param others how many jobs of other processes may be acquired */
    AcquireRunJobs(JobExecutor executor, NodeLease lease, Lanes lanes, int others) {
        this.executor = executor;
        this.lease = lease;
        this.lanes = lanes;
        this.others = others;
    }

    @Override
    public AcquiredRuns execute(CommandContext context) {
        if (!lease.isHeld()) {
            return new AcquiredRuns(WITHOUT_LEASE);
        }
        ProcessEngineConfigurationImpl engine = context.getProcessEngineConfiguration();
        Date now = ClockUtil.getCurrentTime();
        JobQueue queue = new JobQueue(connection(context), engine, now);
        List<OfDefinition> queues = queue.look();
        AcquiredRuns acquired = new AcquiredRuns(untilNextDue(queues, now));
        Map<Lane, List<Candidate>> byLane = new LinkedHashMap<>();
        List<String> ofOthers = new ArrayList<>();
        if (!sort(context, queues, byLane, ofOthers)) {
            acquired.lookAgainAfter(Duration.ZERO);
        }
        byLane.forEach((lane, candidates) -> forLane(lane, candidates, queue, acquired));
        boolean ofNone = queues.stream().anyMatch(each -> each.definition() == null && each.first() != null);
        if (ofNone || !ofOthers.isEmpty()) {
            forOthers(ofOthers, queue, acquired);
        }
        return acquired;
    }

    /** A definition with jobs that could be executed, and whose it is. */
    private record Candidate(String definition, String tenant) {}

    private static Duration untilNextDue(List<OfDefinition> queues, Date now) {
        return queues.stream()
                .map(OfDefinition::next)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(next -> Duration.between(now.toInstant(), next.toInstant()).plusMillis(1))
                .filter(wait -> wait.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP);
    }

    /**
     * @return whether every definition is known; it may take several looks to read those of a node that has just
     *     started
     */
    private boolean sort(
            CommandContext context,
            List<OfDefinition> queues,
            Map<Lane, List<Candidate>> byLane,
            List<String> ofOthers) {
        int unknown = 0;
        for (OfDefinition each : waitingLongestFirst(queues)) {
            String definition = Objects.requireNonNull(each.definition());
            if (!lanes.homes().knows(definition) && ++unknown > NEW_DEFINITIONS) {
                return false;
            }
            Optional<Home> home = lanes.homes().of(context, definition);
            if (home.isEmpty()) {
                ofOthers.add(definition);
            } else if (isOurs(context.getProcessEngineConfiguration(), home.get())) {
                byLane.computeIfAbsent(lanes.of(home.get().tier()), lane -> new ArrayList<>())
                        .add(new Candidate(definition, home.get().tenant()));
            }
        }
        return true;
    }

    private static List<OfDefinition> waitingLongestFirst(List<OfDefinition> queues) {
        return queues.stream()
                .filter(each -> each.definition() != null && each.first() != null)
                .sorted(Comparator.comparing(each -> Objects.requireNonNull(each.first())))
                .toList();
    }

    private static boolean isOurs(ProcessEngineConfigurationImpl engine, Home home) {
        return !engine.isJobExecutorDeploymentAware()
                || engine.getRegisteredDeployments().contains(home.deployment());
    }

    private void forLane(Lane lane, List<Candidate> candidates, JobQueue queue, AcquiredRuns acquired) {
        Map<String, Queue<Candidate>> waiting = new LinkedHashMap<>();
        candidates.forEach(each -> waiting.computeIfAbsent(each.tenant(), tenant -> new ArrayDeque<>())
                .add(each));
        Turns turns = lane.turns();
        int room = turns.room();
        Map<String, String> tenants = new LinkedHashMap<>();
        turns.take(waiting).forEach(each -> tenants.put(each.definition(), each.tenant()));
        if (tenants.isEmpty()) {
            return;
        }
        List<QueuedJob> jobs = queue.first(tenants.keySet(), room);
        Turns places = lane.turns();
        List<ForLane> chosen = places.take(batches(lane, jobs, tenants));
        Set<String> locked = queue.lock(ids(chosen), executor.getLockOwner(), LongLock.fromNow());
        chosen.forEach(batch -> addLocked(batch, locked, acquired));
        if (jobs.size() >= room) { // there may be more of what has been looked at
            tenants.forEach((definition, tenant) ->
                    Objects.requireNonNull(waiting.get(tenant)).add(new Candidate(definition, tenant)));
        }
        if (!places.take(waiting).isEmpty()) {
            acquired.lookAgainAfter(locked.isEmpty() ? CROWDED : Duration.ZERO);
        }
    }

    private static Map<String, Queue<ForLane>> batches(Lane lane, List<QueuedJob> jobs, Map<String, String> tenants) {
        Map<String, ForLane> batches = new LinkedHashMap<>();
        jobs.stream()
                .sorted(Comparator.comparing(QueuedJob::since))
                .forEach(job -> batches.computeIfAbsent(
                                job.batch(),
                                key -> new ForLane(
                                        lane, Objects.requireNonNull(tenants.get(job.definition())), new ArrayList<>()))
                        .jobs()
                        .add(job.id()));
        Map<String, Queue<ForLane>> byTenant = new LinkedHashMap<>();
        batches.values()
                .forEach(batch -> byTenant.computeIfAbsent(batch.tenant(), tenant -> new ArrayDeque<>())
                        .add(batch));
        return byTenant;
    }

    private static List<String> ids(List<ForLane> batches) {
        return batches.stream().map(ForLane::jobs).flatMap(Collection::stream).toList();
    }

    private static void addLocked(ForLane batch, Set<String> locked, AcquiredRuns acquired) {
        batch.jobs().retainAll(locked);
        if (!batch.jobs().isEmpty()) {
            acquired.add(batch);
        }
    }

    private void forOthers(List<String> definitions, JobQueue queue, AcquiredRuns acquired) {
        if (others <= 0) {
            acquired.lookAgainAfter(CROWDED);
            return;
        }
        List<QueuedJob> jobs = queue.others(definitions, others);
        Set<String> locked =
                queue.lock(jobs.stream().map(QueuedJob::id).toList(), executor.getLockOwner(), shortLock());
        queue.keepSteps(locked);
        Map<String, List<String>> batches = new LinkedHashMap<>();
        jobs.stream()
                .filter(job -> locked.contains(job.id()))
                .forEach(job -> batches.computeIfAbsent(job.batch(), key -> new ArrayList<>())
                        .add(job.id()));
        batches.values().forEach(acquired::addJobIdBatch);
        if (jobs.size() == others) {
            acquired.lookAgainAfter(locked.isEmpty() ? CROWDED : Duration.ZERO);
        }
    }

    private Date shortLock() {
        return Date.from(RunSession.now().plusMillis(executor.getLockTimeInMillis()));
    }

    private static Connection connection(CommandContext context) {
        return context.getSession(DbSqlSession.class).getSqlSession().getConnection();
    }
}
