package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Live contexts between the jobs of their executions, the least recently used given up first. */
final class LiveContexts {

    private final int limit;
    private final Map<ExecutionId, LiveContext> kept = new LinkedHashMap<>();

    LiveContexts(int limit) {
        this.limit = limit;
    }

    /**
     * Takes the context of a run out, where it stands at that checkpoint and nobody has taken the run over since; any
     * other is given up.
     */
    @Nullable LiveContext take(ExecutionId execution, Checkpoint committed) {
        LiveContext context = remove(execution);
        if (context != null && (context.sequence() != committed.sequence() || context.fence() != committed.fence())) {
            context.close();
            return null;
        }
        return context;
    }

    private synchronized @Nullable LiveContext remove(ExecutionId execution) {
        return kept.remove(execution);
    }

    synchronized void keep(LiveContext context) {
        LiveContext before = kept.put(context.scope().execution(), context);
        if (before != null) {
            before.close();
        }
        if (kept.size() > limit) {
            var eldest = kept.values().iterator();
            eldest.next().close();
            eldest.remove();
        }
    }

    void forget(ExecutionId execution) {
        LiveContext context = remove(execution);
        if (context != null) {
            context.close();
        }
    }

    synchronized void clear() {
        kept.values().forEach(LiveContext::close);
        kept.clear();
    }
}
