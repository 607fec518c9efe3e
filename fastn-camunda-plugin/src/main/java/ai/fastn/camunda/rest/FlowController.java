package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.flow.CodeDiff;
import ai.fastn.camunda.flow.Diagram;
import ai.fastn.camunda.flow.FieldDiff;
import ai.fastn.camunda.flow.FlowGraph;
import ai.fastn.camunda.flow.LlmsIndex;
import ai.fastn.camunda.flow.Manifest;
import ai.fastn.camunda.flow.ProcessDiff;
import ai.fastn.camunda.flow.Sequence;
import ai.fastn.camunda.flow.SourceMap;
import ai.fastn.camunda.flow.WorkflowDocs;
import ai.fastn.camunda.lifecycle.ConfigurationJson;
import ai.fastn.camunda.lifecycle.Workflows;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What people look at: Flow, Sequence, Docs, pictures and differences, all read from the BPMN. Parameter
 * {@code version} is a number or {@code draft}; without it the deployed version is meant, else the latest. Pictures and
 * BPMN take {@code orientation}: {@code left-to-right} (as deployed, the usual one) or {@code top-to-bottom}.
 */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class FlowController {

    private static final String INDEX = "/llms.txt";

    private final Workflows workflows;
    private final ShownVersions versions;

    public FlowController(Workflows workflows) {
        this.workflows = workflows;
        this.versions = new ShownVersions(workflows);
    }

    @GetMapping("/workflows/{slug}/flow")
    ResponseEntity<byte[]> flow(
            Caller caller, @PathVariable String slug, @RequestParam(required = false) @Nullable String version) {
        return Downloads.json(
                FlowGraph.read(versions.find(caller, slug, version).bpmn()));
    }

    @GetMapping("/workflows/{slug}/sequence")
    ResponseEntity<byte[]> sequence(
            Caller caller, @PathVariable String slug, @RequestParam(required = false) @Nullable String version) {
        return Downloads.json(
                Sequence.of(FlowGraph.read(versions.find(caller, slug, version).bpmn())));
    }

    /** Which node shows which part of the code, and back. */
    @GetMapping("/workflows/{slug}/source-map")
    ResponseEntity<byte[]> sourceMap(
            Caller caller, @PathVariable String slug, @RequestParam(required = false) @Nullable String version) {
        return Downloads.json(
                SourceMap.of(FlowGraph.read(versions.find(caller, slug, version).bpmn())));
    }

    @GetMapping("/workflows/{slug}/docs")
    ResponseEntity<byte[]> docs(
            Caller caller, @PathVariable String slug, @RequestParam(required = false) @Nullable String version) {
        ShownVersion shown = versions.find(caller, slug, version);
        return Downloads.json(WorkflowDocs.read(shown.bpmn(), versions.changes(caller, slug)));
    }

    /** What it touches outside, and what it no longer touches. */
    @GetMapping("/workflows/{slug}/manifest")
    ResponseEntity<byte[]> manifest(
            Caller caller, @PathVariable String slug, @RequestParam(required = false) @Nullable String version) {
        ShownVersion shown = versions.find(caller, slug, version);
        return Downloads.json(Manifest.read(shown.bpmn(), shown.label())
                .comparedWith(
                        versions.others(caller, shown),
                        Manifest.unusedPins(shown.bpmn(), shown.configuration().connectors())));
    }

    @GetMapping("/workflows/{slug}/docs.md")
    ResponseEntity<byte[]> markdown(
            Caller caller, @PathVariable String slug, @RequestParam(required = false) @Nullable String version) {
        ShownVersion shown = versions.find(caller, slug, version);
        String page =
                WorkflowDocs.read(shown.bpmn(), versions.changes(caller, slug)).markdown(FlowGraph.read(shown.bpmn()));
        return Downloads.text("text/markdown;charset=UTF-8", shown.fileName("md"), page);
    }

    @GetMapping("/workflows/{slug}/diagram.svg")
    ResponseEntity<byte[]> svg(
            Caller caller,
            @PathVariable String slug,
            @RequestParam(required = false) @Nullable String version,
            @RequestParam(required = false) @Nullable String orientation) {
        ShownVersion shown = versions.draw(caller, slug, version, orientation);
        return Downloads.text(
                "image/svg+xml;charset=UTF-8",
                shown.fileName("svg"),
                Diagram.read(shown.bpmn()).svg());
    }

    @GetMapping("/workflows/{slug}/diagram.png")
    ResponseEntity<byte[]> png(
            Caller caller,
            @PathVariable String slug,
            @RequestParam(required = false) @Nullable String version,
            @RequestParam(required = false) @Nullable String orientation) {
        ShownVersion shown = versions.draw(caller, slug, version, orientation);
        return Downloads.file(
                MediaType.IMAGE_PNG,
                shown.fileName("png"),
                Diagram.read(shown.bpmn()).png());
    }

    @GetMapping("/workflows/{slug}/diagram.mmd")
    ResponseEntity<byte[]> mermaid(
            Caller caller, @PathVariable String slug, @RequestParam(required = false) @Nullable String version) {
        ShownVersion shown = versions.find(caller, slug, version);
        return Downloads.text(
                "text/vnd.mermaid;charset=UTF-8",
                shown.fileName("mmd"),
                FlowGraph.read(shown.bpmn()).mermaid());
    }

    @GetMapping("/workflows/{slug}/bpmn")
    ResponseEntity<byte[]> bpmn(
            Caller caller,
            @PathVariable String slug,
            @RequestParam(required = false) @Nullable String version,
            @RequestParam(required = false) @Nullable String orientation) {
        ShownVersion shown = versions.draw(caller, slug, version, orientation);
        return Downloads.text("application/xml;charset=UTF-8", shown.fileName("bpmn"), shown.bpmn());
    }

    /** Two versions, side by side. */
    record Difference(String from, String to, CodeDiff code, List<FieldDiff> configuration, ProcessDiff process) {}

    /** What is different in code, configuration and process. */
    @GetMapping("/workflows/{slug}/diff")
    ResponseEntity<byte[]> diff(
            Caller caller,
            @PathVariable String slug,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        ShownVersion old = versions.find(caller, slug, Requests.required("from", from));
        ShownVersion now = versions.find(caller, slug, Requests.required("to", to));
        return Downloads.json(new Difference(
                old.label(),
                now.label(),
                CodeDiff.between(old.source().text(), now.source().text()),
                FieldDiff.between(
                        Json.members(ConfigurationJson.of(old.configuration())),
                        Json.members(ConfigurationJson.of(now.configuration()))),
                ProcessDiff.between(old.bpmn(), now.bpmn())));
    }

    /** The tenant's workflows as a list of links. */
    @GetMapping(INDEX)
    ResponseEntity<byte[]> index(Caller caller, HttpServletRequest request) {
        String path = request.getRequestURI();
        LlmsIndex index = new LlmsIndex(workflows.list(caller.tenant()).stream()
                .map(workflow -> new LlmsIndex.Entry(
                        workflow.slug().value(),
                        workflow.configuration().name(),
                        workflow.configuration().description(),
                        workflow.latestVersion().isPresent()))
                .toList());
        return Downloads.cached(
                MediaType.parseMediaType("text/plain;charset=UTF-8"),
                index.text(path.substring(0, path.length() - INDEX.length())).getBytes(StandardCharsets.UTF_8));
    }
}
