/** Tests of the product's words. */
@NullMarked
package ai.fastn.camunda.workflow;

import org.jspecify.annotations.NullMarked;
