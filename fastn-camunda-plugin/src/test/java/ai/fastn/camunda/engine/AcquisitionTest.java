package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.jobexecutor.BackoffJobAcquisitionStrategy;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;

class AcquisitionTest {

    @Test
    void jobsWithoutAThreadAreNotForgottenWhenTheDatabaseIsAwayInTheNextCycle() {
        JobExecutor executor = mock(JobExecutor.class);
        when(executor.getMaxJobsPerAcquisition()).thenReturn(3);
        JobAcquisitionContext context = new JobAcquisitionContext();
        context.submitRejectedBatch("engine", List.of("job"));
        context.reset(); // the next cycle begins

        assertThatThrownBy(() -> new Acquisition(executor)
                        .acquireJobs(context, new BackoffJobAcquisitionStrategy(executor), engineWithoutItsDatabase()))
                .hasMessage("away");
        context.reset();

        assertThat(context.getAdditionalJobsByEngine()).containsEntry("engine", List.of(List.of("job")));
    }

    private static ProcessEngineImpl engineWithoutItsDatabase() {
        ProcessEngineImpl engine = mock(ProcessEngineImpl.class, RETURNS_DEEP_STUBS);
        when(engine.getName()).thenReturn("engine");
        when(engine.getProcessEngineConfiguration()
                        .getCommandExecutorTxRequired()
                        .execute(ArgumentMatchers.<Command<Object>>any()))
                .thenThrow(new IllegalStateException("away"));
        return engine;
    }
}
