package ai.fastn.camunda.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the guest wants when nothing is left to run in it.
 *
 * @param state of the piece of code
 * @param answer of a condition or wait
 * @param calls queued since the last poll, in the order of the calls
 * @param canceled timers that are no longer wanted
 * @param values read from the clock or a random source since the last poll: kind, value, how often; flat
 * @param valuesRead how many such values the run has read in all
 * @param diverged how the code departed from the record
 * @param open whether a call is unanswered
 * @param result of the workflow, where its last piece of code has ended
 */
record Poll(
        State state,
        JsonNode answer,
        List<Call> calls,
        List<Integer> canceled,
        JsonNode values,
        List<RunEvents.ConsoleLine> lines,
        int valuesRead,
        @Nullable String diverged,
        boolean open,
        @Nullable String result) {

    static Poll of(String json) {
        JsonNode node = Json.read(json);
        List<Call> calls = new ArrayList<>();
        node.path("calls")
                .forEach(call -> calls.add(new Call(
                        call.get(0).asInt(), call.get(1).asText(), call.get(2).asText())));
        List<Integer> canceled = new ArrayList<>();
        node.path("canceled").forEach(id -> canceled.add(id.asInt()));
        JsonNode texts = node.path("lines");
        List<RunEvents.ConsoleLine> lines = new ArrayList<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            lines.add(new RunEvents.ConsoleLine(
                    texts.get(i).asText(), texts.get(i + 1).asText()));
        }
        return new Poll(
                State.values()[node.path("state").asInt()],
                node.path("answer"),
                calls,
                canceled,
                node.path("values"),
                lines,
                node.path("read").asInt(),
                node.path("diverged").textValue(),
                node.path("open").asBoolean(),
                null);
    }

    Poll with(String workflowResult) {
        return new Poll(state, answer, calls, canceled, values, lines, valuesRead, diverged, open, workflowResult);
    }

    /** Whether the code has ended well and so have all its calls. */
    boolean isOver() {
        return state == State.DONE && !open;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Where a piece of code stands; in the order of the numbers in {@code step.js}. */
    enum State {
        RUNNING,
        DONE,
        THROWN
    }

    /** One queued call; a timer is one too, with its milliseconds as arguments. */
    record Call(int id, String name, String arguments) {

        static final String TIMER = "$timer";
        static final String WAIT_FOR = "waitFor";

        boolean isTimer() {
            return name.equals(TIMER);
        }
    }
}
