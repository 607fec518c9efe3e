package ai.fastn.camunda.compiler.layout;

import java.util.Random;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** A random graph without any structure: forks, merges and jumps wherever the dice put them. */
final class RandomGraph {

    private RandomGraph() {}

    static BpmnModelInstance of(long seed, int size) {
        Random random = new Random(seed);
        Sketch sketch = new Sketch();
        sketch.line("start > " + node(0));
        for (int i = 0; i < size; i++) {
            sketch.line(node(i) + " [no] > " + (i + 1 < size ? node(i + 1) : "done"));
            if (isFork(i)) {
                int to = merge(random.nextInt(size));
                sketch.line(node(i) + " [yes] > " + (to < size && to != i + 1 ? node(to) : "done_other_" + i));
            }
        }
        for (int i = 0; i < size / 4; i++) {
            sketch.line("lost_" + i + " > " + (random.nextBoolean() ? "done_lost_" + i : "lost_" + (i + 1)));
        }
        return sketch.model();
    }

    private static boolean isFork(int i) {
        return i % 3 == 2;
    }

    private static int merge(int near) {
        return near / 3 * 3;
    }

    private static String node(int i) {
        return switch (i % 3) {
            case 0 -> "m_" + i;
            case 1 -> "step_" + i;
            default -> "q_jump_" + i;
        };
    }
}
