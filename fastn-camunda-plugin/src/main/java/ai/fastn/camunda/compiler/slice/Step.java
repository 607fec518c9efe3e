package ai.fastn.camunda.compiler.slice;

import java.util.List;
import java.util.Optional;

/**
 * One step of a workflow.
 *
 * @param number its place, from 0, in the order of the text
 * @param region the region it lies in, 0 is the workflow itself
 * @param source where the author wrote it, {@code 12:3-14:5}: line and column from 1, the end exclusive
 */
public record Step(int number, int region, Action action, Optional<String> source, List<Branch> branches) {

    public Step {
        branches = List.copyOf(branches);
    }
}
