package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Promise chains that are awaited where they stand: {@code then} is what comes next, {@code catch} an error path,
 * {@code finally} what runs on both.
 */
final class ChainLifter {

    private final Lifting lifting;

    ChainLifter(Lifting lifting) {
        this.lifting = lifting;
    }

    /** Leaves the value of the chain in a variable. */
    void lift(Chain chain, String slot) {
        lifting.operands.settle(chain.base().arguments());
        upTo(chain, chain.links().size(), slot);
    }

    /** The base with the first links behind it. */
    private void upTo(Chain chain, int count, String slot) {
        if (count == 0 || staysTogether(chain, count)) {
            base(chain, count, slot);
            return;
        }
        Chain.Link link = chain.links().get(count - 1);
        if (link.last() != null) {
            finishing(chain, count, link.last(), slot);
        } else if (link.rejected() != null) {
            catching(chain, count, link, link.rejected(), slot);
        } else {
            upTo(chain, count - 1, slot);
            if (link.fulfilled() != null) {
                apply(link.fulfilled(), List.of(slot), slot);
            }
        }
    }

    /** What only computes with the answer is done where it arrives. */
    private boolean staysTogether(Chain chain, int count) {
        return lifting.plan.inlined(chain.base()) == null
                && chain.links().subList(0, count).stream().noneMatch(lifting.plan::isPath);
    }

    private void base(Chain chain, int count, String slot) {
        FunctionNode helper = lifting.plan.inlined(chain.base());
        if (helper != null) {
            lifting.inliner.inline(chain.base(), helper, new SlotSink(lifting, slot));
            return;
        }
        lifting.graph.code(lifting.waiting(
                slot, count == 0 ? chain.base() : chain.links().get(count - 1).call()));
    }

    private void catching(Chain chain, int count, Chain.Link link, Expression rejected, String slot) {
        TryLifter.Ways ways = lifting.statements.tries.region(
                chain.whole(), link.call().span(), false, () -> upTo(chain, count - 1, slot));
        if (ways == null) {
            return;
        }
        Label end = new Label();
        lifting.graph.open(ways.after());
        if (link.fulfilled() != null) {
            apply(link.fulfilled(), List.of(slot), slot);
        }
        lifting.graph.goTo(end);
        lifting.graph.open(ways.thrown());
        apply(rejected, List.of("$thrown"), slot);
        lifting.graph.place(end);
    }

    private void finishing(Chain chain, int count, Expression last, String slot) {
        TryLifter.Ways ways = lifting.statements.tries.region(
                chain.whole(), chain.links().get(count - 1).call().span(), true, () -> upTo(chain, count - 1, slot));
        if (ways == null) {
            return;
        }
        String error = lifting.statements.tries.open(ways);
        apply(last, List.of(), null);
        lifting.jumps.dispatch(ways.region(), error);
    }

    /** Calls a handler; its value goes to the slot, if somebody wants it. */
    private void apply(Expression handler, List<String> arguments, @Nullable String slot) {
        if (handler instanceof FunctionNode function && lifting.plan.isGone(function)) {
            Sink sink = slot == null ? new DiscardSink(lifting) : new SlotSink(lifting, slot);
            lifting.inliner.place(function, arguments, sink);
            return;
        }
        String call = "await (" + lifting.text(handler) + ")(" + String.join(", ", arguments) + ");";
        lifting.graph.code(lifting.calling(slot == null ? call : slot + " = " + call, handler));
    }
}
