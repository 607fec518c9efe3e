package ai.fastn.camunda.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * The JavaScript world of one execution, with its program. All methods but {@link #context} and {@link #source} run on
 * a guest thread.
 */
final class Realm {

    private final Context context;
    private final Value host;
    private final Value functions;
    private final ProgramSource source;

    Realm(Context context, Value host, Value functions, ProgramSource source) {
        this.context = context;
        this.host = host;
        this.functions = functions;
        this.source = source;
    }

    Context context() {
        return context;
    }

    ProgramSource source() {
        return source;
    }

    /** Makes {@code ctx} for the first step. */
    void begin(String inputJson, String headersJson, String executionJson) {
        host.invokeMember("begin", inputJson, headersJson, executionJson);
    }

    void setAttempt(int attempt) {
        host.invokeMember("setAttempt", attempt);
    }

    Poll start(String elementId, Use use, long clockOffset) {
        host.invokeMember("start", functions.getArrayElement(source.indexOf(elementId)), use.word, clockOffset);
        return poll();
    }

    Poll answer(int callId, boolean succeeded, String json, int ordinal, long clockOffset) {
        host.invokeMember("answerCall", callId, succeeded, json, ordinal, clockOffset);
        return poll();
    }

    private Poll poll() {
        return Poll.of(host.invokeMember("poll").asString());
    }

    /** The value that the last piece of code threw becomes what the next catch sees. */
    void throwCaught() {
        host.invokeMember("throwCaught");
    }

    JsonNode failure() {
        return Json.read(host.invokeMember("failure").asString());
    }

    String result() {
        return host.invokeMember("result").asString();
    }

    /** The frame, or null where it holds something that can not be stored. */
    @Nullable String save() {
        Value frame = host.invokeMember("save");
        return frame.isNull() ? null : frame.asString();
    }

    /** Gives the variables the values of a frame; returns how many recorded values had been read. */
    int restore(String frame) {
        return host.invokeMember("restore", frame).asInt();
    }

    /** Answers clock and random reads from the record, from value number {@code from} on. */
    void replay(String valuesJson, int from) {
        host.invokeMember("replay", valuesJson, from);
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
