package ai.fastn.camunda.compiler.slice;

import java.util.List;

/**
 * A workflow as steps: what becomes the nodes of the process.
 *
 * @param prelude the script that declares the shared variables and functions
 * @param steps by number
 * @param regions by number
 * @param mentions what ids count
 */
public record StepGraph(String prelude, List<Step> steps, List<Region> regions, List<Mention> mentions) {

    public StepGraph {
        steps = List.copyOf(steps);
        regions = List.copyOf(regions);
        mentions = List.copyOf(mentions);
    }

    public Step step(int number) {
        return steps.get(number);
    }
}
