package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;

/**
 * A published version or the draft, as somebody wants to see it.
 *
 * @param label {@code 3} or {@code draft}
 */
record ShownVersion(
        WorkflowSlug slug, String label, SourceText source, WorkflowConfiguration configuration, String bpmn) {

    /** The same version as another file. */
    ShownVersion with(String otherBpmn) {
        return new ShownVersion(slug, label, source, configuration, otherBpmn);
    }

    /** {@code order-check-v3.svg}. */
    String fileName(String suffix) {
        return slug + "-" + (label.matches("\\d+") ? "v" + label : label) + "." + suffix;
    }
}
