package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leads the open ways to where a jump goes, through the ends of the regions between. */
final class Jumps {

    private final Lifting lifting;

    Jumps(Lifting lifting) {
        this.lifting = lifting;
    }

    Jump returning() {
        return new Jump(Jump.Kind.RETURN, function(), null);
    }

    /** A return whose value waits in a box. */
    Jump returning(String box) {
        return new Jump(Jump.Kind.RETURN, function(), box);
    }

    Enclosing.Function function() {
        for (Enclosing enclosing : lifting.around) {
            if (enclosing instanceof Enclosing.Function function) {
                return function;
            }
        }
        throw new IllegalStateException("bug: code outside a function returns");
    }

    Jump to(Jump.Kind kind, @Nullable Identifier label) {
        for (Enclosing enclosing : lifting.around) {
            if (enclosing instanceof Enclosing.Target target && takes(target, kind, label)) {
                return new Jump(kind, target, null);
            }
        }
        throw new IllegalStateException("bug: a jump without target passed the parser");
    }

    private static boolean takes(Enclosing.Target target, Jump.Kind kind, @Nullable Identifier label) {
        if (label != null) {
            return target.labels.contains(label.name());
        }
        return kind == Jump.Kind.CONTINUE ? target.again != null : target.plainBreak;
    }

    /** The nearest region between here and the target of a jump. */
    @Nullable OpenRegion border(Jump jump) {
        for (Enclosing enclosing : lifting.around) {
            if (enclosing == jump.to()) {
                return null;
            }
            if (enclosing instanceof Enclosing.Border border) {
                return border.region;
            }
        }
        throw new IllegalStateException("bug: a jump leads outside its function");
    }

    /** Code that has to run before the jump when the statement itself ends the step. */
    void noteBefore(Jump jump) {
        OpenRegion border = border(jump);
        if (border != null) {
            lifting.graph.before(Piece.note(border.slot + " = " + border.wayOf(jump) + ";", border));
        }
    }

    /** Takes the jump after {@link #noteBefore}. */
    void takeNoted(Jump jump, String outcome) {
        if (border(jump) == null) {
            arrive(jump, outcome);
        } else {
            leave(jump);
        }
    }

    void take(Jump jump, String outcome) {
        if (!lifting.graph.isReachable()) {
            return;
        }
        OpenRegion border = border(jump);
        if (border == null) {
            arrive(jump, outcome);
            return;
        }
        lifting.graph.note(Piece.note(border.slot + " = " + border.wayOf(jump) + ";", border));
        leave(jump);
    }

    private void leave(Jump jump) {
        lifting.graph.step(
                new Action.Leave(
                        switch (jump.kind()) {
                            case RETURN -> "Finished";
                            case BREAK -> "Stop";
                            case CONTINUE -> "Next";
                        }),
                null);
    }

    private void arrive(Jump jump, String outcome) {
        if (jump.to() instanceof Enclosing.Target target) {
            Label again = target.again;
            lifting.graph.goTo(jump.kind() == Jump.Kind.CONTINUE && again != null ? again : target.afterwards);
        } else if (jump.to() instanceof Enclosing.Function function) {
            finish(function, jump.box(), outcome);
        }
    }

    private void finish(Enclosing.Function function, @Nullable String box, String outcome) {
        Sink result = function.result;
        if (result == null) {
            if (box != null) {
                lifting.graph.returning(Piece.note("return " + box + ".v;"));
            }
            lifting.graph.step(new Action.Done(outcome), null);
            return;
        }
        if (box != null) {
            result.accept("await " + box + ".v", null);
        }
        lifting.graph.goTo(function.end);
    }

    /** Behind a region: goes on by the way it was left. {@code thrown} holds what a finally has to throw again. */
    void dispatch(OpenRegion region, @Nullable String thrown) {
        List<Jump> ways = new ArrayList<>(region.jumps.keySet());
        int count = ways.size() + (thrown == null ? 0 : 1) + (region.endsNormally ? 1 : 0);
        if (count == 0) {
            lifting.graph.step(new Action.Fail(), null);
        } else if (count > 1) {
            part(region, thrown, ways);
        } else if (thrown != null) {
            lifting.statements.throwing(Piece.internal("throw " + thrown + ";", Purpose.THROW));
        } else if (!ways.isEmpty()) {
            take(ways.get(0), "");
        }
    }

    /** A gateway with a way on for each way out. What is left in the end needs no condition. */
    private void part(OpenRegion region, @Nullable String thrown, List<Jump> ways) {
        Draft decision = lifting.graph.step(Action.Decision.ofEnds(region.number), null);
        if (decision == null) {
            return;
        }
        boolean errorIsLeft = !region.endsNormally && thrown != null;
        OpenBranch error =
                thrown == null || errorIsLeft ? null : lifting.graph.branch(decision, "error", region.slot + " === -1");
        List<OpenBranch> branches = new ArrayList<>();
        for (Jump way : ways) {
            boolean isLeft = !region.endsNormally && thrown == null && branches.size() == ways.size() - 1;
            String condition = isLeft ? null : region.slot + " === " + region.wayOf(way);
            branches.add(lifting.graph.branch(decision, word(way), condition));
        }
        if (thrown != null) {
            lifting.graph.open(error == null ? lifting.graph.branch(decision, "error", null) : error);
            lifting.statements.throwing(Piece.internal("throw " + thrown + ";", Purpose.THROW));
        }
        for (int i = 0; i < branches.size(); i++) {
            lifting.graph.open(branches.get(i));
            take(ways.get(i), "");
        }
        if (region.endsNormally) {
            lifting.graph.open(lifting.graph.branch(decision, "normally", null));
        }
    }

    private static String word(Jump jump) {
        return switch (jump.kind()) {
            case RETURN -> "finished";
            case BREAK -> "stop";
            case CONTINUE -> "next";
        };
    }
}
