/** Tests of the engine hooks: BPMN in the form of the contract, run by a real engine. */
@NullMarked
package ai.fastn.camunda.engine;

import org.jspecify.annotations.NullMarked;
