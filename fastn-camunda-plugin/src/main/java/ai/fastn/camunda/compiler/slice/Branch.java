package ai.fastn.camunda.compiler.slice;

import java.util.Optional;

/**
 * A way on from a step.
 *
 * @param label answer to the question of a decision, else empty
 * @param condition expression that opens the way; none: the way taken otherwise
 * @param target number of the next step
 */
public record Branch(String label, Optional<String> condition, int target) {}
