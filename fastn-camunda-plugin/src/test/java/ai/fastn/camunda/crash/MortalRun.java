package ai.fastn.camunda.crash;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.RunMocks;
import ai.fastn.camunda.effect.mock.MockDocuments;
import ai.fastn.camunda.execution.AwaitedEvents;
import ai.fastn.camunda.execution.DoubtAnswers;
import ai.fastn.camunda.execution.ExecuteRequest;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.execution.Executions;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.variable.Variables;

/** One run, moved by hand from its start to its end through the death of its node. */
final class MortalRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_MOVES = 200;

    private final DyingHost host;
    private final String workflow;
    private final String id;
    private final Optional<String> mocks;
    private int doubts;

    /** @param id its input, in everything it writes */
    MortalRun(DyingHost host, String workflow, String id) {
        this(host, workflow, id, Optional.empty());
    }

    /** @param mocks of its calls; such a run is recorded too */
    MortalRun(DyingHost host, String workflow, String id, Optional<String> mocks) {
        this.host = host;
        this.workflow = workflow;
        this.id = id;
        this.mocks = mocks;
    }

    /** How many calls somebody had to say something about. */
    int doubts() {
        return doubts;
    }

    /** Runs to the end. */
    Execution live() {
        return liveUntil(MortalRun::isOver, () -> {});
    }

    /**
     * Runs until nothing goes on without an operator.
     *
     * @param inDeath done when its node has died, before it is there again
     */
    Execution liveOrFail(Runnable inDeath) {
        return liveUntil(execution -> execution.status() != ExecutionStatus.RUNNING, inDeath);
    }

    private Execution liveUntil(Predicate<Execution> isThere, Runnable inDeath) {
        for (int moves = 0; moves < MOST_MOVES; moves++) {
            Optional<Execution> execution = execution();
            if (execution.isPresent() && isThere.test(execution.get())) {
                return execution.get();
            }
            move(execution, inDeath);
        }
        throw new IllegalStateException(id + " does not end: " + execution());
    }

    private static boolean isOver(Execution execution) {
        return execution.status() != ExecutionStatus.RUNNING && execution.status() != ExecutionStatus.FAILED;
    }

    /** Runs until its node has died and is there again. */
    void die() {
        while (host.lifeline().diedAt().isEmpty()) {
            move(execution(), () -> {});
        }
    }

    /** Where it stands; empty while its start is not committed. */
    Optional<Execution> execution() {
        return host.engine()
                .sql("SELECT id FROM fastn_execution WHERE input = ?")
                .param("\"" + id + "\"")
                .query(String.class)
                .optional()
                .map(known -> host.bean(ExecutionLog.class).get(TenantId.DEFAULT, new ExecutionId(known)));
    }

    private void move(Optional<Execution> execution, Runnable inDeath) {
        try {
            if (execution.isEmpty()) {
                start();
            } else {
                moveOn(goingOn(execution.get()));
            }
        } catch (RuntimeException e) {
            if (!host.lifeline().isDead()) {
                throw e;
            }
        }
        if (host.lifeline().isDead()) {
            inDeath.run();
            restart(execution);
        }
    }

    private void moveOn(Execution execution) {
        if (execution.status() == ExecutionStatus.FAILED) {
            answer(execution);
        } else {
            goOn(execution);
        }
    }

    /** The run itself, or one that it has called and waits for. */
    private Execution goingOn(Execution execution) {
        return called(execution).stream()
                .filter(this::goesOn)
                .findFirst()
                .map(this::goingOn)
                .orElse(execution);
    }

    private List<Execution> called(Execution execution) {
        return host.bean(ExecutionLog.class).calledBy(TenantId.DEFAULT, execution.id());
    }

    private boolean goesOn(Execution execution) {
        return host.engine()
                .sql("SELECT count(*) > 0 FROM fastn_checkpoint WHERE execution_id = ?")
                .param(execution.id().value())
                .query(Boolean.class)
                .single();
    }

    private void forget(Execution execution) {
        host.bean(StepRunner.class).forget(execution.id());
        called(execution).forEach(this::forget);
    }

    private void restart(Optional<Execution> execution) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(host.lifeline()::isQuiet);
        execution.ifPresent(this::forget);
        host.lifeline().restart();
    }

    void start() {
        mocks.ifPresentOrElse(this::startWith, this::startPlain);
    }

    private void startWith(String document) {
        RunMocks checked = host.bean(MockDocuments.class).checked(TenantId.DEFAULT, document);
        host.bean(Executions.class)
                .execute(
                        host.bean(Workflows.class).get(TenantId.DEFAULT, WorkflowSlug.of(workflow)),
                        new ExecuteRequest(
                                "\"" + id + "\"",
                                "{}",
                                TriggerKind.MANUAL,
                                "test",
                                new RunMocks(checked.mode(), checked.document(), true)));
    }

    private void startPlain() {
        host.bean(RuntimeService.class)
                .createProcessInstanceByKey(workflow)
                .setVariable("input", Variables.stringValue("\"" + id + "\""))
                .execute();
    }

    /** Does what is next: an event that it waits for arrives, or its next job is due. */
    void goOn(Execution execution) {
        Optional<EventSubscription> awaited = host
                .bean(RuntimeService.class)
                .createEventSubscriptionQuery()
                .processInstanceId(execution.processInstanceId())
                .eventType("message")
                .list()
                .stream()
                .min(Comparator.comparing(EventSubscription::getEventName));
        if (awaited.isPresent() && !hasOverdue(execution)) {
            send(awaited.get().getEventName());
        } else {
            execute(nextJob(execution));
        }
    }

    private void send(String message) {
        String[] eventAndKey = message.split(":", 2);
        host.bean(AwaitedEvents.class)
                .arrived(TenantId.DEFAULT, eventAndKey[0], Optional.of(eventAndKey[1]), "{\"by\":\"" + message + "\"}");
    }

    Job nextJob(Execution execution) {
        return jobs(execution).get(0);
    }

    private boolean hasOverdue(Execution execution) {
        List<Job> jobs = jobs(execution);
        return !jobs.isEmpty() && !due(jobs.get(0)).isAfter(now());
    }

    /** Those beside the execution timeout, in the order in which they are due. */
    private List<Job> jobs(Execution execution) {
        ManagementService management = host.bean(ManagementService.class);
        Set<String> timeouts =
                management
                        .createJobQuery()
                        .processInstanceId(execution.processInstanceId())
                        .activityId("timeout")
                        .list()
                        .stream()
                        .map(Job::getId)
                        .collect(Collectors.toSet());
        return management.createJobQuery().processInstanceId(execution.processInstanceId()).list().stream()
                .filter(job -> !timeouts.contains(job.getId()))
                .sorted(Comparator.comparing(MortalRun::due))
                .toList();
    }

    private static Instant due(Job job) {
        return job.getDuedate() == null ? Instant.EPOCH : job.getDuedate().toInstant();
    }

    private static Instant now() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    /** Without what the engine does about a failure: a dead node does nothing about it. */
    private void execute(Job job) {
        if (due(job).isAfter(now())) {
            ClockUtil.setCurrentTime(Date.from(due(job)));
        }
        ((ProcessEngineConfigurationImpl) host.bean(ProcessEngine.class).getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(new ExecuteJobsCmd(job.getId(), new JobFailureCollector(job.getId())));
    }

    /** Looks into the shop and says of a call in doubt whether it happened. */
    private void answer(Execution failed) {
        if (!failed.error().orElseThrow().code().equals(ErrorCode.CALL_IN_DOUBT.code())) {
            throw new IllegalStateException(id + " failed: " + failed.error());
        }
        JsonNode doubt = JSON.valueToTree(failed.error().orElseThrow().fields());
        String value = doubt.at("/arguments/input/x").asText();
        try {
            host.bean(DoubtAnswers.class)
                    .answer(
                            TenantId.DEFAULT,
                            failed.id(),
                            doubt.path("call").asInt(),
                            happened(value) ? Optional.of("{\"value\":\"" + value + "\"}") : Optional.empty());
            doubts++;
        } catch (FastnException e) {
            if (e.code() != ErrorCode.NOTHING_IN_DOUBT) {
                throw e;
            }
            retry(failed); // the node died between the answer and the retry
        }
    }

    private boolean happened(String value) {
        return host.shop().calls().contains("once/" + value)
                || host.shop()
                                .keys()
                                .getOrDefault("put/" + value + "-failed", Set.of())
                                .size()
                        == 2;
    }

    private void retry(Execution failed) {
        ManagementService management = host.bean(ManagementService.class);
        management
                .createJobQuery()
                .processInstanceId(failed.processInstanceId())
                .noRetriesLeft()
                .list()
                .forEach(job -> management.setJobRetries(job.getId(), 1));
    }
}
