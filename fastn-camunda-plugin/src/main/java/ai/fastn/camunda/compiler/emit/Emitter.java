package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.slice.StepGraph;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** Phase emit: writes the step graph as a process without diagram. */
public final class Emitter {

    /**
     * The process of a workflow.
     *
     * @param connectors versions that it shall use from now on
     * @param handles what it hands to actions although no step performs it
     */
    public BpmnModelInstance emit(
            StepGraph graph,
            SourceText source,
            WorkflowSlug slug,
            int version,
            WorkflowConfiguration configuration,
            ConnectorVersions connectors,
            List<EffectUse> handles) {
        Frame frame = Frame.of(slug, version, configuration);
        frame.program(graph.prelude(), sha256(source.text()));
        frame.handles(handles);
        frame.properties(configuration.concurrency(), connectors);
        new ProcessWriter(frame, graph, configuration).write();
        frame.seal();
        return frame.model;
    }

    /** A process in which nothing happens. */
    public static BpmnModelInstance empty() {
        return Frame.of(WorkflowSlug.of("empty"), 1, WorkflowConfiguration.named("Empty")).model;
    }

    /** The text of an emitted process as that of another version. */
    public static String withVersion(String bpmn, int from, int to) {
        return from == to ? bpmn : Frame.withVersion(bpmn, from, to);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: every Java has SHA-256", e);
        }
    }
}
