package ai.fastn.camunda.flow;

import ai.fastn.camunda.workflow.StepKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reference of a workflow, made of its BPMN alone: what it is for, what it takes and gives, what it touches outside
 * and what can go wrong. Lists are ordered by their first place in the process; ids are those of the {@link FlowGraph}.
 *
 * @param slug id of the process
 * @param purpose the description; may be empty
 * @param version number of the version tag {@code v3}, or another tag; empty for a draft
 * @param origin who made the process
 * @param tier INSTANT, STANDARD or LONG; null when the process says none
 * @param timeoutMs execution timeout in milliseconds; null without one
 * @param triggers what starts it
 * @param input members of the input that the code names: {@code input.customer.id}, {@code input[].objectId}
 * @param results what it gives back
 * @param secrets by name; values are in no process
 * @param settings keys of {@code fastn.envConfig}
 * @param hosts that {@code fetch} calls
 * @param errors what it throws
 * @param errorPaths where an error or a timeout leads
 * @param work steps of a modelled process that are neither code nor events
 * @param changes versions, the newest first
 */
public record WorkflowDocs(
        String slug,
        String name,
        String purpose,
        String version,
        Origin origin,
        @Nullable String tier,
        @Nullable Long timeoutMs,
        Retry retry,
        Limits concurrency,
        List<Trigger> triggers,
        List<String> input,
        List<Result> results,
        List<Connector> connectors,
        List<Pin> connectorVersions,
        List<Use> tables,
        List<Use> stateKeys,
        List<String> secrets,
        List<Use> settings,
        List<Use> hosts,
        List<Use> workflows,
        List<Use> events,
        List<Thrown> errors,
        List<ErrorPath> errorPaths,
        List<Work> work,
        List<Change> changes) {

    public WorkflowDocs {
        triggers = List.copyOf(triggers);
        input = List.copyOf(input);
        results = List.copyOf(results);
        connectors = List.copyOf(connectors);
        connectorVersions = List.copyOf(connectorVersions);
        tables = List.copyOf(tables);
        stateKeys = List.copyOf(stateKeys);
        secrets = List.copyOf(secrets);
        settings = List.copyOf(settings);
        hosts = List.copyOf(hosts);
        workflows = List.copyOf(workflows);
        events = List.copyOf(events);
        errors = List.copyOf(errors);
        errorPaths = List.copyOf(errorPaths);
        work = List.copyOf(work);
        changes = List.copyOf(changes);
    }

    /** Who made a process. */
    public enum Origin {
        /** Compiled from code, and unchanged since. */
        COMPILED,
        /** Compiled from code, then changed by hand: a detached copy, which says something else than the code. */
        DETACHED,
        /** Drawn by hand. */
        MODELLED
    }

    /** How often a failed step is tried in total, and the waits between the attempts in milliseconds. */
    public record Retry(int maxAttempts, List<Long> waitsMs) {

        public Retry {
            waitsMs = List.copyOf(waitsMs);
        }
    }

    /** How many runs at once; null = no limit. */
    public record Limits(
            @Nullable String runs,
            @Nullable String key,
            @Nullable String runsPerKey) {}

    /** What starts a run: {@code how} is {@code none}, {@code message}, {@code timer}, {@code signal} and so on. */
    public record Trigger(String id, String name, String how, String detail) {}

    /**
     * An end with a result.
     *
     * @param id the step that makes the result
     * @param name of the end behind it
     * @param members names in the result, as far as the code shows them
     */
    public record Result(String id, String name, List<String> members, String code) {

        public Result {
            members = List.copyOf(members);
        }
    }

    /** A connector by the name the code calls it, and its actions. */
    public record Connector(String name, List<Use> actions) {

        public Connector {
            actions = List.copyOf(actions);
        }
    }

    /**
     * Which definition of a connector the process holds on to.
     *
     * @param version a number, or {@code managed} for what the operator has installed
     */
    public record Pin(String slug, String version) {}

    /**
     * A thing outside and what is done to it.
     *
     * @param kinds READ, WRITE or both
     * @param steps the nodes that do it
     */
    public record Use(String name, List<StepKind> kinds, List<String> steps) {

        public Use {
            kinds = List.copyOf(kinds);
            steps = List.copyOf(steps);
        }
    }

    /** A step or end that throws; {@code code} is the error code of a modelled error. */
    public record Thrown(String id, String name, String code) {}

    /** A way that an error or a timeout takes; {@code kind} is {@code error} or {@code timeout}. */
    public record ErrorPath(String from, String fromName, String label, String kind, String to, String toName) {}

    /** A step that people or other systems perform, and who: {@code topic invoice}. */
    public record Work(String id, String name, String type, String performer) {}

    /** A published version. */
    public record Change(int version, Instant publishedAt, String publishedBy, boolean deployed) {}

    /** Reads the first executable process of a file. */
    public static WorkflowDocs read(String bpmnXml, List<Change> changes) {
        return new DocsReader(BpmnFile.parse(bpmnXml)).read(changes);
    }

    /**
     * As a page of Markdown, with the steps of the workflow and its picture; texts of the process can not become
     * markup.
     *
     * @param flow the graph of the same process
     */
    public String markdown(FlowGraph flow) {
        return DocsMarkdown.of(this, flow);
    }
}
