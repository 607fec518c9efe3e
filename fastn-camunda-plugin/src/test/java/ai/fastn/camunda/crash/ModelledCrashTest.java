package ai.fastn.camunda.crash;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.workflow.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process that a person has drawn, with two Fastn steps, whose node dies at the points it passes. */
class ModelledCrashTest {

    private static final int EVERY = Integer.getInteger("every", 9);

    private static final String PROCESS = """
            <definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='test' xmlns:camunda='http://camunda.org/schema/1.0/bpmn'>
            <process id='drawn' isExecutable='true' camunda:historyTimeToLive='P1D'>
            <startEvent id='s'/><sequenceFlow id='f1' sourceRef='s' targetRef='a'/>
            <scriptTask id='a' scriptFormat='fastn-js' camunda:resultVariable='first'><extensionElements>
            <camunda:failedJobRetryTimeCycle>R4/PT5S</camunda:failedJobRetryTimeCycle></extensionElements><script><![CDATA[
            const run = ctx.variables.run;
            await fastn.db.query("INSERT INTO done (run, what) VALUES ($1, 'a')", [run]);
            const put = await fastn.connector.shop.put({ x: run + "-1" });
            if (ctx.execution.attempt === 1) throw new Error("once");
            await fastn.db.query("INSERT INTO done (run, what) VALUES ($1, 'b')", [run]);
            return put.value;]]></script></scriptTask>
            <sequenceFlow id='f2' sourceRef='a' targetRef='b'/>
            <scriptTask id='b' scriptFormat='fastn-js' camunda:resultVariable='rows'><script><![CDATA[
            await fastn.connector.shop.put({ x: ctx.variables.run + "-2" });
            await fastn.db.query("INSERT INTO done (run, what) VALUES ($1, 'c')", [ctx.variables.run]);
            const rows = await fastn.db.query("SELECT what FROM done WHERE run = $1 ORDER BY at", [ctx.variables.run]);
            return (rows.rows ?? rows).map((row) => row.what).join("");]]></script></scriptTask>
            <sequenceFlow id='f3' sourceRef='b' targetRef='e'/><endEvent id='e'/></process></definitions>""";

    private int runs;

    @AfterEach
    void resetClock() {
        ClockUtil.reset();
    }

    @Test
    void aProcessWhoseNodeDiesEndsAsIfNothingHadHappened() {
        try (DyingHost host = new DyingHost("adaptive")) {
            host.bean(RepositoryService.class)
                    .createDeployment()
                    .addString("drawn.bpmn", PROCESS)
                    .deploy();
            host.lifeline().live();
            run(host);
            int points = host.lifeline().passed();
            int deaths = 0;
            for (int point = 0; point < points; point += EVERY) {
                host.lifeline().dieAt(point);
                run(host);
                deaths += host.lifeline().diedAt().isPresent() ? 1 : 0;
            }
            System.out.printf("modelled process: died %d times at %d points%n", deaths, points);
            assertThat(deaths).isPositive();
        }
    }

    private void run(DyingHost host) {
        ClockUtil.setCurrentTime(ClockUtil.getCurrentTime());
        String id = "drawn-" + runs++;
        for (int moves = 0; ended(host, id) == 0; moves++) {
            assertThat(moves).as(id + " does not end").isLessThan(100);
            move(host, id);
        }
        assertThat(variable(host, id, "rows"))
                .as("%s died %s", id, host.lifeline().diedAt())
                .isEqualTo("abc");
        assertThat(host.shop().keys().get("put/" + id + "-1")).hasSize(1);
        assertThat(host.shop().keys().get("put/" + id + "-2")).hasSize(1);
        assertThat(host.left()).as(id).isEmpty();
    }

    private static void move(DyingHost host, String id) {
        try {
            if (started(host, id) == 0) {
                host.bean(RuntimeService.class)
                        .createProcessInstanceByKey("drawn")
                        .businessKey(id)
                        .setVariable("run", id)
                        .execute();
            } else {
                execute(host, nextJob(host));
            }
        } catch (RuntimeException e) {
            if (!host.lifeline().isDead()) {
                throw e;
            }
        }
        if (host.lifeline().isDead()) {
            restart(host);
        }
    }

    private static void restart(DyingHost host) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(host.lifeline()::isQuiet);
        executions(host).forEach(each -> host.bean(StepRunner.class).forget(new ExecutionId(each)));
        host.lifeline().restart();
    }

    private static Set<String> executions(DyingHost host) {
        return new HashSet<>(host.engine()
                .sql("SELECT execution_id FROM fastn_checkpoint")
                .query(String.class)
                .list());
    }

    private static int started(DyingHost host, String id) {
        return count(host, "business_key_ = '" + id + "'");
    }

    private static int ended(DyingHost host, String id) {
        return count(host, "business_key_ = '" + id + "' AND end_time_ IS NOT NULL");
    }

    private static int count(DyingHost host, String which) {
        return host.engine()
                .sql("SELECT count(*) FROM act_hi_procinst WHERE " + which)
                .query(Integer.class)
                .single();
    }

    private static Job nextJob(DyingHost host) {
        List<Job> jobs = host.bean(ManagementService.class).createJobQuery().list();
        assertThat(jobs).hasSize(1);
        return jobs.get(0);
    }

    private static void execute(DyingHost host, Job job) {
        Instant now = ClockUtil.getCurrentTime().toInstant();
        Instant due = job.getDuedate() == null ? now : job.getDuedate().toInstant();
        ClockUtil.setCurrentTime(Date.from(due.isAfter(now) ? due : now));
        ((ProcessEngineConfigurationImpl) host.bean(ProcessEngine.class).getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(new ExecuteJobsCmd(job.getId(), new JobFailureCollector(job.getId())));
    }

    private static Object variable(DyingHost host, String id, String name) {
        HistoryService history = host.bean(HistoryService.class);
        String instance = history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(id)
                .singleResult()
                .getId();
        return history.createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .variableName(name)
                .singleResult()
                .getValue();
    }
}
