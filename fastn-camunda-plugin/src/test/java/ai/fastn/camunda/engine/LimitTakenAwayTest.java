package ai.fastn.camunda.engine;

import static ai.fastn.camunda.host.SteppedHost.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.autoconfigure.Sweep;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.ExecutionStatus;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator starts the host anew without the limit under which runs wait. */
class LimitTakenAwayTest {

    private static final String PER_TENANT = "fastn.concurrency.per-tenant";

    @AfterEach
    void resetClock() {
        ClockUtil.reset();
    }

    @Test
    void theRunsThatWaitedGoOnWithTheirTime() {
        ProcessInstance second;
        Map<String, Object> withoutLimit;
        try (SteppedHost limited = new SteppedHost(Map.of(PER_TENANT, 1), context -> {}).start()) {
            limited.at(BEGIN);
            limited.deploy(new ProcessText("freed", "STANDARD")
                    .step("read_1", "READ", "await fastn.connector.shop.read({x: ctx.input});")
                    .waiting("wait_2", "100000"));
            limited.executeNext(limited.start("freed", "1"));
            limited.at(1);
            second = limited.start("freed", "2");
            limited.executeNext(second);
            withoutLimit = Map.of(
                    "spring.datasource.url", limited.property("spring.datasource.url"),
                    "fastn.tenants.datasource.url", limited.property("fastn.tenants.datasource.url"));
        }
        try (SteppedHost unlimited = new SteppedHost(withoutLimit, context -> {}).start()) {
            unlimited.at(600);
            unlimited.bean(Sweep.class).sweep();
            unlimited.executeNext(second);
            assertThat(unlimited.timeoutOf(second).getDuedate()).isEqualTo(Date.from(BEGIN.plusSeconds(600 + 120)));
            unlimited.executeNext(second);
            unlimited.at(700);
            unlimited.executeNext(second);

            assertThat(unlimited.last("freed").status()).isEqualTo(ExecutionStatus.COMPLETED);
            assertThat(unlimited.shop().calls()).containsExactly("read/2");
        }
    }
}
