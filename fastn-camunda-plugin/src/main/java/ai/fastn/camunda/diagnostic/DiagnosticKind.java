package ai.fastn.camunda.diagnostic;

/** Every mistake a source can contain: its code, what we say, and what to write instead. */
public enum DiagnosticKind {
    /** Arguments: the sentence, what to write instead. */
    SYNTAX("FASTN-01001", "%s", "%2$s"),
    REGULAR_EXPRESSION(
            "FASTN-01002",
            "The regular expression can not be read: %s.",
            "put a backslash before a character that means itself, such as \\( or \\[, and close every group."),
    NESTED_TOO_DEEPLY(
            "FASTN-01003",
            "The code is nested more than %,d levels deep.",
            "give inner parts a name of their own: a variable or a function."),
    SOURCE_TOO_LARGE(
            "FASTN-01004",
            "The file has %,d characters; %,d is the limit.",
            "keep data out of the code (fastn.state, fastn.db, a connector), or split the workflow."),
    CHARACTER("FASTN-01005", "The character U+%s can not be stored in a process.", "write it as an escape: %2$s"),
    /** Arguments: the sentence, what to write instead. */
    TYPESCRIPT("FASTN-01006", "%s", "%2$s"),

    DEFAULT_EXPORT_MISSING(
            "FASTN-01010",
            "The file has no default export, so there is nothing to run.",
            "export default async function main(ctx) { ... }"),
    DEFAULT_EXPORT_NOT_FUNCTION(
            "FASTN-01011",
            "The default export is %s; a workflow is a function.",
            "export default async function main(ctx) { ... }"),
    IMPORT(
            "FASTN-01012",
            "The module \"%s\" can not be imported: a workflow is one file.",
            "call a connector (fastn.connector), or copy what you need into this file; for types write import type."),
    DYNAMIC_IMPORT(
            "FASTN-01013",
            "import() has nothing to load: a workflow is one file.",
            "copy what you need into this file."),
    IMPORT_META("FASTN-01014", "import.meta does not exist in a workflow.", "read what you need from ctx."),
    CODE_FROM_TEXT(
            "FASTN-01015",
            "\"%s\" turns text into code, which the sandbox does not allow.",
            "write the code as a function; read data with JSON.parse."),
    NOT_IN_SANDBOX("FASTN-01016", "\"%s\" does not exist in a workflow.", "%2$s"),

    /** Arguments: the name, which to take instead. */
    UNKNOWN_CONNECTOR("FASTN-01020", "The connector \"%s\" does not exist.", "%2$s"),
    /** Arguments: connector and action with a dot between, which action to take instead. */
    UNKNOWN_ACTION("FASTN-01021", "The action \"%s\" does not exist.", "%2$s"),
    CONNECTOR_NOT_DECLARED(
            "FASTN-01022",
            "The connector \"%s\" is used, but new Fastn(...) does not declare it.",
            "add \"%1$s\" to the connectors of new Fastn(...)."),
    WAIT_IN_INSTANT(
            "FASTN-01023",
            "An event is waited for, and the caller of an Instant workflow waits for its answer all the while.",
            "give the workflow tier Standard or Long."),
    /** Arguments: connector and action with a dot between, the parameter, what to write instead. */
    UNKNOWN_PARAMETER("FASTN-01024", "The action \"%s\" has no parameter \"%s\".", "%3$s"),
    /** Arguments: connector and action with a dot between, the parameters in quotes, the call with them. */
    MISSING_PARAMETER("FASTN-01025", "The action \"%s\" needs %s.", "write %3$s.");

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

    /** What to write instead, a format with the same arguments. */
    public String instead() {
        return instead;
    }
}
