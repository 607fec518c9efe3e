package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.util.Map;

/** The run died in a call that must not be repeated unasked; somebody has to say whether it was performed. */
public final class InDoubtException extends FastnException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> fields;

    InDoubtException(int call, String effect, Map<String, Object> arguments) {
        super(
                ErrorCode.CALL_IN_DOUBT,
                "call " + call + ", \"" + effect
                        + "\", was begun and the run was interrupted before it knew the outcome:"
                        + " say whether it happened, the run then goes on");
        this.fields = Map.of("call", call, "effect", effect, "arguments", arguments);
    }

    /** Which call it is: {@code call}, {@code effect}, {@code arguments}. */
    public Map<String, Object> fields() {
        return fields;
    }
}
