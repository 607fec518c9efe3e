package ai.fastn.camunda.bpmn;

/**
 * Every name that appears in generated BPMN. Generated processes are read by the engine hooks, the step runtime and the
 * Flow view through these names only.
 */
public final class FastnBpmn {

    /** Namespace of our attributes and elements, and the prefix it is written with. */
    public static final String NAMESPACE = "https://fastn.ai/schema/camunda/1.0";

    public static final String PREFIX = "fastn";

    /** Script format of steps and language of conditions and wait expressions. */
    public static final String SCRIPT_FORMAT = "fastn-js";

    /** Extension element of the process: the program prelude, a strict script. */
    public static final String PROGRAM = "program";

    /** Attribute of {@link #PROGRAM}: version of this contract, now {@code 1}. */
    public static final String FORMAT = "format";

    /** Attribute of {@link #PROGRAM}: SHA-256 of the source text, lower-case hex. */
    public static final String SOURCE_SHA256 = "sourceSha256";

    /**
     * Attribute of {@link #PROGRAM}: {@link ProcessHash} of the process as it was compiled; another one means that
     * somebody has changed it by hand since.
     */
    public static final String PROCESS_SHA256 = "processSha256";

    /** Attribute of the process: INSTANT, STANDARD or LONG. */
    public static final String TIER = "tier";

    /** {@code camunda:property} of the process: how many of its runs may be under way at once. */
    public static final String CONCURRENCY_RUNS = "fastn.concurrency.runs";

    /**
     * {@code camunda:property} of the process: a path into the input; runs with the same value are counted together.
     */
    public static final String CONCURRENCY_KEY = "fastn.concurrency.key";

    /** {@code camunda:property} of the process: how many runs with one key may be under way at once. */
    public static final String CONCURRENCY_RUNS_PER_KEY = "fastn.concurrency.runs-per-key";

    /**
     * Begin of the {@code camunda:property} of the process that says with which version of a connector the workflow was
     * published; the rest is the slug. The value is a number from 1, or {@link #CONNECTOR_MANAGED}.
     */
    public static final String CONNECTOR = "fastn.connector.";

    /** Value of {@link #CONNECTOR} for a definition of the operator, which has no version. */
    public static final String CONNECTOR_MANAGED = "managed";

    /** Attribute of a node: a {@link ai.fastn.camunda.workflow.StepKind}. */
    public static final String KIND = "kind";

    /**
     * Attribute of a script task: the effects it performs, separated by blanks: {@code hubspotCrm.getDeal state.set}.
     */
    public static final String EFFECTS = "effects";

    /** {@code camunda:property} of an element that a person has drawn: as {@link #EFFECTS}. */
    public static final String EFFECTS_PROPERTY = "fastn.effects";

    /** Value of {@link #EFFECTS_PROPERTY} of a receive task for which events of {@code POST /events} are. */
    public static final String WAIT_FOR = "waitFor";

    /** {@code camunda:property} of such a receive task: the process variable that takes the payload. */
    public static final String PAYLOAD_PROPERTY = "fastn.payload";

    /**
     * Extension element of a step: one effect on one {@link #TARGET}, with {@link #NAME} and {@link #KIND} as
     * attributes.
     */
    public static final String EFFECT = "effect";

    /** Attribute of {@link #EFFECT}: {@code hubspotCrm.getDeal}. */
    public static final String NAME = "name";

    /**
     * Attribute of {@link #EFFECT}: table, state key, secret, event or workflow; absent where the source does not show
     * it.
     */
    public static final String TARGET = "target";

    /** Attribute of a node: the author's lines, {@code 12:3-14:5} (line:column from 1, the end exclusive). */
    public static final String SOURCE = "source";

    /** Extension element of a receive task or call activity: the author's code that waits for event or workflow. */
    public static final String SCRIPT = "script";

    /** Attribute of a script task, {@code true}: the value its code returns is the result of the workflow. */
    public static final String RETURNS = "returns";

    /** Id of the embedded sub-process that holds the whole workflow, and of the timeout event on its border. */
    public static final String BODY = "body";

    public static final String TIMEOUT = "timeout";

    /** Id of the end event behind the timeout. */
    public static final String DONE_TIMEOUT = "done_timeout";

    /** Error code of the boundary events of a lifted {@code try}; the thrown value travels in the program instance. */
    public static final String THROWN = "fastn.thrown";

    /** Process variables: what a start gives, and what a run keeps. */
    public static final String INPUT_VARIABLE = "input";

    public static final String HEADERS_VARIABLE = "headers";
    /** Variable of a message that a run waits for: what {@code fastn.waitFor} gives. */
    public static final String PAYLOAD_VARIABLE = "payload";

    /** Begin of the name of the message that tells a run that the workflow it called has ended; the rest is its id. */
    public static final String ENDED_MESSAGE = "fastn.ended:";

    public static final String EXECUTION_VARIABLE = "fastn_execution";
    public static final String INPUT_COPY_VARIABLE = "fastn_input";
    public static final String RESULT_VARIABLE = "fastn_result";

    /** Begin of the variable that counts how often a run went back to an effect whose error a catch rethrew. */
    public static final String ATTEMPT_VARIABLE = "fastn_attempt_";

    private FastnBpmn() {}
}
