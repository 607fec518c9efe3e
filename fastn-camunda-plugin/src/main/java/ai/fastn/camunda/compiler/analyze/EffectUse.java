package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.workflow.StepKind;
import java.util.List;
import java.util.Optional;

/**
 * One {@code fastn.*} function that a piece of code calls.
 *
 * @param name {@code hubspotCrm.getDeal}, {@code db.query}, {@code state.get}, {@code secrets.get},
 *     {@code flow.invoke:sync-orders}
 * @param kind READ or WRITE
 * @param sentence what a node that does only this is called
 * @param targets tables, state key, secret, event or workflow, as far as the source shows them; "…" stands for the rest
 */
public record EffectUse(String name, StepKind kind, String sentence, List<String> targets) {

    public EffectUse {
        targets = List.copyOf(targets);
    }

    EffectUse(String name, StepKind kind, String sentence) {
        this(name, kind, sentence, List.of());
    }

    /** Waits for an event from outside. */
    public static final String WAIT_FOR = "waitFor";

    private static final String INVOKE = "flow.invoke";

    /** A call of another workflow; {@code workflow} is its slug where the source shows it. */
    static EffectUse ofWorkflow(String operation, Optional<String> workflow) {
        String verb = operation.equals(INVOKE) ? "Run " : "Start ";
        return new EffectUse(
                operation + workflow.map(slug -> ":" + slug).orElse(""),
                StepKind.WRITE,
                workflow.map(slug -> verb + "workflow " + slug).orElse(verb + "a workflow"),
                workflow.stream().toList());
    }

    /** The workflow whose result this waits for, where the source shows which. */
    public Optional<String> invoked() {
        return name.startsWith(INVOKE + ":") ? Optional.of(name.substring(INVOKE.length() + 1)) : Optional.empty();
    }
}
