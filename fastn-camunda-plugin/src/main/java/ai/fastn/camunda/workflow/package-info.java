/** The words of the product: what a workflow is, before anything is done with it. */
@NullMarked
package ai.fastn.camunda.workflow;

import org.jspecify.annotations.NullMarked;
