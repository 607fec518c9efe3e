package ai.fastn.camunda.compiler.slice;

import java.util.List;
import java.util.Optional;

/**
 * One step of a workflow.
 *
 * @param number its place, from 0, in the order of the text
 * @param region the region it lies in, 0 is the workflow itself
 * @param source where the author wrote it
 */
public record Step(int number, int region, Action action, Optional<Place> source, List<Branch> branches) {

    public Step {
        branches = List.copyOf(branches);
    }
}
