/** Writes what a workflow can call as TypeScript declarations. */
@NullMarked
package ai.fastn.camunda.effect.connector.declaration;

import org.jspecify.annotations.NullMarked;
