package ai.fastn.camunda.lifecycle;

import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import java.time.Instant;

/** An immutable snapshot: code, configuration and the BPMN made from them. */
public record PublishedVersion(
        int version,
        SourceText source,
        WorkflowConfiguration configuration,
        String bpmn,
        Instant publishedAt,
        String publishedBy) {}
