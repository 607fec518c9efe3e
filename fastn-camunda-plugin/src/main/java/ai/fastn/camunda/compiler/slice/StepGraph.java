package ai.fastn.camunda.compiler.slice;

import java.util.List;
import java.util.Map;

/**
 * A workflow as steps: what becomes the nodes of the process.
 *
 * @param prelude the script that declares the shared variables and functions
 * @param steps by number
 * @param regions by number
 * @param mentions what ids count
 * @param loops what the loops ask that begin at steps, by the numbers of these
 */
public record StepGraph(
        String prelude, List<Step> steps, List<Region> regions, List<Mention> mentions, Map<Integer, Mention> loops) {

    public StepGraph {
        steps = List.copyOf(steps);
        regions = List.copyOf(regions);
        mentions = List.copyOf(mentions);
        loops = Map.copyOf(loops);
    }

    public Step step(int number) {
        return steps.get(number);
    }
}
