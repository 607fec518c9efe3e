package ai.fastn.camunda.compiler.layout;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.jspecify.annotations.Nullable;

/** A random structured program as the compiler would draw it: forks, loops with break and continue, switch, try. */
final class RandomProgram {

    /** Merge gateways of the loops around: where {@code continue} and {@code break} go. */
    private record Loop(String header, String exit) {}

    private final Random random;
    private final Sketch sketch = new Sketch();
    private final Deque<Loop> loops = new ArrayDeque<>();
    private int count;
    private int budget;

    private RandomProgram(long seed, int budget) {
        this.random = new Random(seed);
        this.budget = budget;
    }

    static BpmnModelInstance of(long seed, int budget) {
        RandomProgram program = new RandomProgram(seed, budget);
        program.scope(0);
        return program.sketch.model();
    }

    private String fresh(String prefix) {
        return prefix + ++count;
    }

    private void link(String from, String to) {
        sketch.line(from + " > " + to);
    }

    private void scope(int depth) {
        String last = sequence(fresh("start"), depth);
        if (last != null) {
            link(last, fresh("done"));
        }
    }

    /** Returns where the sequence can be left, null where every path of it ends. */
    private @Nullable String sequence(String from, int depth) {
        String current = from;
        int length = 1 + random.nextInt(depth == 0 ? 6 : 3);
        for (int i = 0; i < length && current != null; i++) {
            current = statement(current, depth);
        }
        return current;
    }

    private @Nullable String statement(String from, int depth) {
        int choice = depth > 4 || budget <= 0 ? 0 : random.nextInt(9);
        budget--;
        return switch (choice) {
            case 4, 5 -> fork(from, depth);
            case 6 -> loop(from, depth);
            case 7 -> lifted(from, depth);
            case 8 -> chain(from, depth);
            case 3 -> jump(from, depth);
            default -> step(from);
        };
    }

    private String step(String from) {
        String step = fresh("read_deal_");
        link(from, step);
        return step;
    }

    private String fork(String from, int depth) {
        String gateway = fresh("q_amount_over_100_");
        link(from, gateway);
        String yes = sequence(gateway + " [yes] > " + fresh("a"), depth + 1);
        if (random.nextBoolean()) {
            String other = sequence(gateway + " [no] > " + fresh("b"), depth + 1);
            return join(gateway, yes, other);
        }
        return join(gateway, yes, gateway + " [no]");
    }

    private String join(String gateway, @Nullable String a, @Nullable String b) {
        if (a == null && b == null) {
            // Something must follow for the sketch to go on: an unlikely third case.
            String third = fresh("c");
            link(gateway + " [other]", third);
            return third;
        }
        if (a == null || b == null) {
            return a == null ? java.util.Objects.requireNonNull(b) : a;
        }
        String merge = fresh("m_");
        link(a, merge);
        link(b, merge);
        return merge;
    }

    private String loop(String from, int depth) {
        String header = fresh("m_");
        String decision = fresh("q_more_deals_");
        String exit = fresh("m_");
        sketch.line(from + " > " + header + " > " + decision);
        link(decision + " [no]", exit);
        loops.push(new Loop(header, exit));
        String body = sequence(decision + " [yes] > " + fresh("next"), depth + 1);
        loops.pop();
        if (body != null) {
            link(body, header);
        }
        return exit;
    }

    private @Nullable String jump(String from, int depth) {
        String gateway = fresh("q_stop_");
        String gone = fresh("x");
        link(from, gateway);
        link(gateway + " [yes]", gone);
        Loop loop = loops.peek();
        if (loop == null || random.nextInt(3) == 0) {
            link(gone, fresh("done_early_"));
        } else {
            link(gone, random.nextBoolean() ? loop.header() : loop.exit());
        }
        return depth == 0 ? step(gateway + " [no]") : gateway + " [no]";
    }

    private String lifted(String from, int depth) {
        String tried = fresh("try_");
        link(from, tried);
        sketch.line("in " + tried);
        Deque<Loop> around = new ArrayDeque<>(loops);
        loops.clear();
        scope(depth + 1);
        loops.addAll(around);
        sketch.line("out");
        String caught = fresh("err_");
        sketch.line(caught + " on " + tried);
        String handled = sequence(caught + " > " + fresh("log"), depth + 1);
        return join(tried, handled, tried);
    }

    /** A switch: gateways in a row, bodies that may fall through into the next. */
    private String chain(String from, int depth) {
        String exit = fresh("m_");
        String gate = from;
        String falling = null;
        for (int i = 0; i < 3; i++) {
            String gateway = fresh("q_is_case_");
            link(gate, gateway);
            String body = fresh("m_");
            link(gateway + " [yes]", body);
            if (falling != null) {
                link(falling, body);
            }
            String last = sequence(body, depth + 2);
            falling = random.nextBoolean() ? last : null;
            if (falling == null && last != null) {
                link(last, exit);
            }
            gate = gateway + " [no]";
        }
        if (falling != null) {
            link(falling, exit);
        }
        link(gate, exit);
        return exit;
    }
}
