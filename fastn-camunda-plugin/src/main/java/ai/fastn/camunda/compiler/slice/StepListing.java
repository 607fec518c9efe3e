package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.EffectUse;
import java.util.stream.Collectors;

/** Writes a step graph as text that a person can read. */
public final class StepListing {

    private StepListing() {}

    /** One paragraph a step: what it is, its code, where it goes on. */
    public static String of(StepGraph graph) {
        StringBuilder text = new StringBuilder();
        for (Step step : graph.steps()) {
            text.append("#").append(step.number());
            if (step.region() > 0) {
                text.append(" in try ").append(step.region());
            }
            text.append(' ').append(head(step.action())).append('\n');
            if (step.action() instanceof Action.Code code) {
                code.text()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .forEach(
                                line -> text.append("    ").append(line.strip()).append('\n'));
            }
            if (step.action() instanceof Action.Attempt attempt) {
                text.append("    begins at #")
                        .append(graph.regions().get(attempt.region()).entry())
                        .append('\n');
            }
            step.branches().forEach(branch -> text.append(branch(branch)));
        }
        return text.toString();
    }

    private static String head(Action action) {
        if (action instanceof Action.Code code) {
            String effects = code.effects().stream().map(EffectUse::name).collect(Collectors.joining(", "));
            return code.kind() + (effects.isEmpty() ? "" : " " + effects) + (code.returns() ? " returns" : "");
        }
        if (action instanceof Action.Decision decision) {
            return "DECISION " + decision.question();
        }
        if (action instanceof Action.Sleep sleep) {
            return "SLEEP " + sleep.expression();
        }
        if (action instanceof Action.Attempt attempt) {
            return "TRY " + attempt.region();
        }
        if (action instanceof Action.Done done) {
            return done.outcome().isEmpty() ? "DONE" : "DONE " + done.outcome();
        }
        if (action instanceof Action.Leave leave) {
            return "LEAVE " + leave.name();
        }
        return action instanceof Action.Fail ? "FAIL" : "JOIN";
    }

    private static String branch(Branch branch) {
        String condition = branch.condition()
                .map(text -> " when " + text.replaceAll("\\s+", " "))
                .orElse("");
        String label = branch.label().isEmpty() ? "" : " " + branch.label();
        return "    ->" + label + " #" + branch.target() + condition + "\n";
    }
}
