package ai.fastn.camunda.bench;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.runtime.RunEvents;
import ai.fastn.camunda.runtime.RunScope;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The effects of a step runner whose outside world is a scripted one for each run, which is told what it has to know.
 */
final class ScriptedEffects implements RunEvents {

    private static final Set<String> READING = Set.of("state.get", "fetch.GET", "fetch.HEAD");

    private final EffectCatalog catalog;
    private final Function<ExecutionId, World> worlds;
    private final Transactions transactions;

    ScriptedEffects(EffectCatalog catalog, Function<ExecutionId, World> worlds, Transactions transactions) {
        this.catalog = catalog;
        this.worlds = worlds;
        this.transactions = transactions;
    }

    /** How a write of the plugin's own database is performed, which shares a transaction with its record. */
    interface Transactions {

        EffectOutcome perform(World world, EffectRequest request, EffectScope scope, OutcomeRecord record);
    }

    /** One effect for each family. */
    List<Effect> all() {
        return Stream.of("connector", "db", "state", "secrets", "flow", "fetch")
                .<Effect>map(Scripted::new)
                .toList();
    }

    @Override
    public void console(RunScope scope, String elementId, List<ConsoleLine> lines) {
        lines.forEach(line -> worlds.apply(scope.execution()).said(line.level() + " " + line.text()));
    }

    @Override
    public void called(RunScope scope, int ordinal) {
        worlds.apply(scope.execution()).called(ordinal);
    }

    @Override
    public void effect(
            RunScope scope,
            String elementId,
            int ordinal,
            EffectRequest request,
            EffectOutcome outcome,
            Duration took) {
        worlds.apply(scope.execution()).delivered(ordinal, outcome);
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
            String[] words = request.name().split("\\.", -1);
            return switch (family) {
                case "connector" ->
                    catalog.connector(words[1])
                            .flatMap(connector -> connector.action(words[2]))
                            .map(EffectCatalog.ActionEntry::kind)
                            .orElse(StepKind.WRITE);
                case "secrets" -> StepKind.READ;
                default -> READING.contains(request.name()) ? StepKind.READ : StepKind.WRITE;
            };
        }

        @Override
        public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
            World world = worlds.apply(scope.execution());
            return family.equals("state") && kind(request) == StepKind.WRITE
                    ? transactions.perform(world, request, scope, record)
                    : world.perform(request, scope.ordinal(), kind(request));
        }
    }
}
