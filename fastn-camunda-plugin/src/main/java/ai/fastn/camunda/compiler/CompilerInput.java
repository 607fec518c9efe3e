package ai.fastn.camunda.compiler;

import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;

/**
 * Everything the generated process depends on: the same input gives the same bytes.
 *
 * @param version number of the published version, 0 for a draft
 */
public record CompilerInput(
        SourceText source, WorkflowSlug slug, int version, WorkflowConfiguration configuration, EffectCatalog catalog) {

    /** The same for another version. */
    CompilerInput withVersion(int other) {
        return new CompilerInput(source, slug, other, configuration, catalog);
    }
}
