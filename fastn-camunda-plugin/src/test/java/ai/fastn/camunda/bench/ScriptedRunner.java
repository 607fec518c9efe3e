package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.runtime.FrameCipher;
import ai.fastn.camunda.runtime.JdbcJournal;
import ai.fastn.camunda.runtime.RunScope;
import ai.fastn.camunda.runtime.RuntimeLimits;
import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.StepKind;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Takes the place of a host's step runner: the real one, but its effects ask a scripted world. */
final class ScriptedRunner implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private final Map<ExecutionId, World> worlds = new ConcurrentHashMap<>();

    World world(ExecutionId execution) {
        return worlds.computeIfAbsent(execution, id -> new World("{}", CrashPlan.none()));
    }

    @Override
    public void initialize(ConfigurableApplicationContext host) {
        host.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof StepRunner real ? inPlaceOf(real, host.getBean(DataSource.class)) : bean;
            }
        });
    }

    private StepRunner inPlaceOf(StepRunner real, DataSource database) {
        real.close();
        ScriptedEffects scripted = new ScriptedEffects(
                Catalogs.TEST,
                this::world,
                (world, request, scope, record) -> world.perform(request, scope.ordinal(), StepKind.WRITE));
        return new StepRunner(
                scripted.all(),
                new JdbcJournal(database),
                new Open(),
                scripted,
                Clock.systemUTC(),
                RuntimeLimits.DEFAULT);
    }

    /** No run here reads a secret. */
    private static final class Open implements FrameCipher {
        @Override
        public byte[] seal(byte[] plain, RunScope scope) {
            return plain;
        }

        @Override
        public byte[] open(byte[] sealed, RunScope scope) {
            return sealed;
        }
    }
}
