package ai.fastn.camunda.diagnostic;

/** Every mistake a source can contain: its code, what we say, and what to write instead. */
public enum DiagnosticKind {
    SYNTAX("FASTN-01001", "%s", "");

    private final String code;
    private final String message;
    private final String instead;

    DiagnosticKind(String code, String message, String instead) {
        this.code = code;
        this.message = message;
        this.instead = instead;
    }

    public String code() {
        return code;
    }

    /** The sentence, a format for {@link String#format}. */
    public String message() {
        return message;
    }

    /** What to write instead; empty where the message says it. */
    public String instead() {
        return instead;
    }
}
