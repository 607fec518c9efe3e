package ai.fastn.camunda.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * The JavaScript world of one execution, with its program. All methods but {@link #context} and {@link #source} run on
 * a guest thread; the first of them boots it, so that a run enters the sandbox once for that and for its first step.
 */
final class Realm {

    private final Context context;
    private final ProgramSource source;
    private final Supplier<Booted> boot;
    private @Nullable Booted booted;
    private boolean last;

    /** @param boot evaluates the boot script and the program */
    Realm(Context context, ProgramSource source, Supplier<Booted> boot) {
        this.context = context;
        this.source = source;
        this.boot = boot;
    }

    /**
     * What booting gives.
     *
     * @param host our functions in the guest
     * @param functions the pieces of the program
     */
    record Booted(Value host, Value functions) {}

    private Booted booted() {
        if (booted == null) {
            booted = boot.get();
        }
        return booted;
    }

    private Value host(String function, Object... arguments) {
        return booted().host().invokeMember(function, arguments);
    }

    Context context() {
        return context;
    }

    ProgramSource source() {
        return source;
    }

    /** Makes {@code ctx} for the first step. */
    void begin(String inputJson, String headersJson, String executionJson) {
        host("begin", inputJson, headersJson, executionJson);
    }

    /** Starts a piece of code; the poll in which the last one of the workflow has ended brings the result along. */
    Poll start(Piece piece, long clockOffset) {
        last = piece.last();
        host("setAttempt", piece.attempt());
        Value code = booted().functions().getArrayElement(source.indexOf(piece.elementId()));
        host("start", code, piece.use().word, clockOffset);
        return poll();
    }

    Poll answer(int callId, boolean succeeded, String json, int ordinal, long clockOffset) {
        host("answerCall", callId, succeeded, json, ordinal, clockOffset);
        return poll();
    }

    private Poll poll() {
        Poll poll = Poll.of(host("poll").asString());
        return last && poll.isOver() ? poll.with(result()) : poll;
    }

    /** The value that the last piece of code threw becomes what the next catch sees. */
    void throwCaught() {
        host("throwCaught");
    }

    JsonNode failure() {
        return Json.read(host("failure").asString());
    }

    String result() {
        return host("result").asString();
    }

    /** The frame, or null where it holds something that can not be stored. */
    @Nullable String save() {
        Value frame = host("save");
        return frame.isNull() ? null : frame.asString();
    }

    /** Gives the variables the values of a frame; returns how many recorded values had been read. */
    int restore(String frame) {
        return host("restore", frame).asInt();
    }

    /** Answers clock and random reads from the record, from value number {@code from} on. */
    void replay(String valuesJson, int from) {
        host("replay", valuesJson, from);
    }

    /** What the value of a piece of code is for. */
    enum Use {
        NOTHING("nothing"),
        RESULT("result"),
        CONDITION("condition"),
        WAIT("wait");

        private final String word;

        Use(String word) {
            this.word = word;
        }
    }
}
