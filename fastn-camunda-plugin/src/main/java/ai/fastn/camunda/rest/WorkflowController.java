package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.execution.ExecutionFilter;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.flow.FlowGraph;
import ai.fastn.camunda.lifecycle.Author;
import ai.fastn.camunda.lifecycle.ConfigurationJson;
import ai.fastn.camunda.lifecycle.Draft;
import ai.fastn.camunda.lifecycle.PublishedVersion;
import ai.fastn.camunda.lifecycle.Workflow;
import ai.fastn.camunda.lifecycle.Workflow.Deployed;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Workflows: list, read, save, publish, deploy, and their BPMN. */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class WorkflowController {

    static final String EXECUTION_HEADER = "x-fastn-execution-id";
    private static final int DOTS = 10;

    private final Workflows workflows;
    private final ExecutionLog log;
    private final Environment environment;

    public WorkflowController(Workflows workflows, ExecutionLog log, Environment environment) {
        this.workflows = workflows;
        this.log = log;
        this.environment = environment;
    }

    @GetMapping("/workflows")
    ResponseEntity<byte[]> list(Caller caller) {
        List<Map<String, Object>> rows = workflows.list(caller.tenant()).stream()
                .map(workflow -> WorkflowJson.row(workflow, lastOf(caller, workflow)))
                .toList();
        return Replies.ok(Map.of("workflows", rows));
    }

    @GetMapping("/workflows/{slug}")
    ResponseEntity<byte[]> get(Caller caller, @PathVariable String slug) {
        return Replies.ok(whole(caller, workflows.get(caller.tenant(), Requests.slug(slug))));
    }

    /** What Save sends. */
    record SaveRequest(
            @Nullable String code,
            @Nullable String fileName,
            @Nullable ConfigurationJson configuration,
            @Nullable Long revision,
            @Nullable String editedBy) {}

    @PutMapping("/workflows/{slug}")
    ResponseEntity<byte[]> save(Caller caller, @PathVariable String slug, @RequestBody byte[] body) {
        WorkflowSlug name = Requests.slug(slug);
        SaveRequest request = Json.read(body, SaveRequest.class);
        Draft draft = draftOf(name, request);
        Author author = new Author(caller.who(), "agent".equals(request.editedBy()));
        return Replies.ok(whole(caller, workflows.save(caller.tenant(), name, draft, author)));
    }

    @PostMapping("/workflows/{slug}/publish")
    ResponseEntity<byte[]> publish(Caller caller, @PathVariable String slug) {
        PublishedVersion version =
                workflows.publish(caller.tenant(), Requests.slug(slug), new Author(caller.who(), false));
        return Replies.of(
                HttpStatus.CREATED, Map.of("version", version.version(), "publishedAt", version.publishedAt()));
    }

    /** Which version to deploy; the latest when none is named. */
    record DeployRequest(@Nullable Integer version) {}

    @PostMapping("/workflows/{slug}/deploy")
    ResponseEntity<byte[]> deploy(
            Caller caller, @PathVariable String slug, @RequestBody(required = false) byte @Nullable [] body) {
        WorkflowSlug name = Requests.slug(slug);
        Integer asked = body == null || body.length == 0
                ? null
                : Json.read(body, DeployRequest.class).version();
        int version = asked == null ? workflows.latestVersion(caller.tenant(), name) : asked;
        Deployed deployed = workflows.deploy(caller.tenant(), name, version);
        return Replies.ok(Map.of(
                "version", deployed.version(),
                "environment", environment.name(),
                "processDefinitionId", deployed.definitionId()));
    }

    @GetMapping("/workflows/{slug}/versions")
    ResponseEntity<byte[]> versions(Caller caller, @PathVariable String slug) {
        WorkflowSlug name = Requests.slug(slug);
        Optional<Integer> deployed =
                workflows.get(caller.tenant(), name).deployment().map(Deployed::version);
        List<Map<String, Object>> rows = workflows.versions(caller.tenant(), name).stream()
                .map(version -> row(version, deployed.equals(Optional.of(version.version()))))
                .toList();
        return Replies.ok(Map.of("versions", rows));
    }

    @GetMapping("/workflows/{slug}/bpmn")
    ResponseEntity<String> bpmn(
            Caller caller, @PathVariable String slug, @RequestParam(required = false) @Nullable Integer version) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/xml;charset=UTF-8"))
                .body(versionOf(caller, slug, version).bpmn());
    }

    @GetMapping("/workflows/{slug}/flow")
    ResponseEntity<byte[]> flow(
            Caller caller, @PathVariable String slug, @RequestParam(required = false) @Nullable Integer version) {
        return Replies.ok(
                FlowJson.of(FlowGraph.read(versionOf(caller, slug, version).bpmn())));
    }

    private PublishedVersion versionOf(Caller caller, String slug, @Nullable Integer version) {
        WorkflowSlug name = Requests.slug(slug);
        Workflow workflow = workflows.get(caller.tenant(), name);
        int wanted = version != null
                ? version
                : workflow.deployment()
                        .map(Deployed::version)
                        .or(workflow::latestVersion)
                        .orElseThrow(() -> new FastnException(
                                ErrorCode.NOT_PUBLISHED,
                                "workflow \"" + slug + "\" has no published version, so no BPMN yet"));
        return workflows.version(caller.tenant(), name, wanted);
    }

    private Map<String, Object> whole(Caller caller, Workflow workflow) {
        return WorkflowJson.whole(
                workflow,
                lastOf(caller, workflow),
                Problems.diagnostics(workflow.source(), workflows.diagnose(workflow)));
    }

    private List<Execution> lastOf(Caller caller, Workflow workflow) {
        return log.list(
                caller.tenant(),
                new ExecutionFilter(Optional.of(workflow.slug()), Optional.empty(), Optional.empty(), DOTS));
    }

    private static Draft draftOf(WorkflowSlug slug, SaveRequest request) {
        if (request.code() == null || request.configuration() == null) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "body lacks member \"" + (request.code() == null ? "code" : "configuration") + "\"");
        }
        String fileName = request.fileName() == null ? slug + ".js" : request.fileName();
        if (!fileName.matches("[\\w.-]{1,120}\\.(js|mjs|ts)")) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "member \"fileName\" is \"" + fileName + "\": a name ending in .js or .ts is expected");
        }
        return new Draft(
                new SourceText(fileName, request.code()),
                request.configuration().toConfiguration(),
                request.revision() == null ? OptionalLong.empty() : OptionalLong.of(request.revision()));
    }

    private static Map<String, Object> row(PublishedVersion version, boolean deployed) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("version", version.version());
        row.put("publishedAt", version.publishedAt());
        row.put("publishedBy", version.publishedBy());
        row.put("deployed", deployed);
        return row;
    }
}
