package ai.fastn.camunda.bench;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.runtime.FrameCipher;
import ai.fastn.camunda.runtime.JdbcJournal;
import ai.fastn.camunda.runtime.RunEvents;
import ai.fastn.camunda.runtime.RunScope;
import ai.fastn.camunda.runtime.RuntimeLimits;
import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.StepKind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Takes the place of a host's step runner: the real one, but its effects ask a scripted world. */
final class ScriptedRunner implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Set<String> WRITES = Set.of(
            "connector.probe.write", "connector.probe.fail", "connector.probe.flaky", "state.set", "state.delete");

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
        List<Effect> effects = Stream.of("connector", "db", "state", "secrets")
                .<Effect>map(Scripted::new)
                .toList();
        return new StepRunner(
                effects,
                new JdbcJournal(database),
                new Open(),
                new Listener(),
                Clock.systemUTC(),
                RuntimeLimits.DEFAULT);
    }

    /** One family of effects. */
    private final class Scripted implements Effect {
        private final String family;

        Scripted(String family) {
            this.family = family;
        }

        @Override
        public String family() {
            return family;
        }

        @Override
        public StepKind kind(EffectRequest request) {
            return WRITES.contains(request.name()) ? StepKind.WRITE : StepKind.READ;
        }

        @Override
        public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
            return world(scope.execution()).perform(request, scope.ordinal(), kind(request));
        }
    }

    /** Passes on to the world what it has to know. */
    private final class Listener implements RunEvents {
        @Override
        public void console(RunScope scope, String elementId, List<ConsoleLine> lines) {
            lines.forEach(line -> world(scope.execution()).said(line.level() + " " + line.text()));
        }

        @Override
        public void effect(
                RunScope scope,
                String elementId,
                int ordinal,
                EffectRequest request,
                EffectOutcome outcome,
                Duration took) {
            world(scope.execution()).delivered(ordinal, outcome);
        }
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
