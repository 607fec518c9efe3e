package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.workflow.StepKind;
import java.util.Optional;

/**
 * One {@code fastn.*} function that a piece of code calls.
 *
 * @param name {@code hubspotCrm.getDeal}, {@code db.query}, {@code state.get}, {@code secrets.get},
 *     {@code flow.invoke:sync-orders}
 * @param kind READ or WRITE
 * @param sentence what a node that does only this is called
 */
public record EffectUse(String name, StepKind kind, String sentence) {

    /** Waits for an event from outside. */
    public static final String WAIT_FOR = "waitFor";

    private static final String INVOKE = "flow.invoke";

    /** A call of another workflow; {@code workflow} is its slug where the source shows it. */
    static EffectUse ofWorkflow(String operation, Optional<String> workflow) {
        String verb = operation.equals(INVOKE) ? "Run " : "Start ";
        return new EffectUse(
                operation + workflow.map(slug -> ":" + slug).orElse(""),
                StepKind.WRITE,
                workflow.map(slug -> verb + "workflow " + slug).orElse(verb + "a workflow"));
    }

    /** The workflow whose result this waits for, where the source shows which. */
    public Optional<String> invoked() {
        return name.startsWith(INVOKE + ":") ? Optional.of(name.substring(INVOKE.length() + 1)) : Optional.empty();
    }
}
