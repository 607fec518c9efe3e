package ai.fastn.camunda.lifecycle;

import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import java.util.OptionalLong;

/**
 * What Save keeps: the text in the editor and the Configuration panel.
 *
 * @param base revision the author started from; when given and no longer the stored one, the save is refused
 */
public record Draft(SourceText source, WorkflowConfiguration configuration, OptionalLong base) {}
