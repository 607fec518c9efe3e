package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.workflow.StepKind;

/**
 * One {@code fastn.*} function that a piece of code calls.
 *
 * @param name {@code hubspotCrm.getDeal}, {@code db.query}, {@code state.get}, {@code secrets.get}
 * @param kind READ or WRITE
 * @param sentence what a node that does only this is called
 */
public record EffectUse(String name, StepKind kind, String sentence) {

    /** Waits for an event from outside. */
    public static final String WAIT_FOR = "waitFor";
}
