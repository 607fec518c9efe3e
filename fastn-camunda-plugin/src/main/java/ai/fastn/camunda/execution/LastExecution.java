package ai.fastn.camunda.execution;

import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.ExecutionStatus;

/** One dot in the workflows table. */
public record LastExecution(ExecutionId id, ExecutionStatus status) {}
