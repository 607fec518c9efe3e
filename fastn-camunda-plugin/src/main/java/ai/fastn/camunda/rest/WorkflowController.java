package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.execution.LastExecution;
import ai.fastn.camunda.flow.Manifest;
import ai.fastn.camunda.lifecycle.Author;
import ai.fastn.camunda.lifecycle.ConfigurationJson;
import ai.fastn.camunda.lifecycle.Draft;
import ai.fastn.camunda.lifecycle.Publication;
import ai.fastn.camunda.lifecycle.PublishedVersion;
import ai.fastn.camunda.lifecycle.Workflow;
import ai.fastn.camunda.lifecycle.Workflow.Deployed;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Workflows: list, read, save, publish, deploy. */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class WorkflowController {

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
        List<Workflow> found = workflows.list(caller.tenant());
        Map<WorkflowSlug, List<LastExecution>> last =
                log.latest(caller.tenant(), found.stream().map(Workflow::slug).toList(), DOTS);
        return Replies.ok(Map.of(
                "workflows",
                found.stream()
                        .map(workflow -> WorkflowJson.row(workflow, last.getOrDefault(workflow.slug(), List.of())))
                        .toList()));
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
    ResponseEntity<byte[]> save(
            Caller caller, @PathVariable String slug, @RequestBody(required = false) byte @Nullable [] body) {
        WorkflowSlug name = Requests.slug(slug);
        SaveRequest request = Body.read(body, SaveRequest.class);
        Draft draft = draftOf(name, request);
        Author author = new Author(caller.who(), "agent".equals(request.editedBy()));
        return Replies.ok(whole(caller, workflows.save(caller.tenant(), name, draft, author)));
    }

    @PostMapping("/workflows/{slug}/publish")
    ResponseEntity<byte[]> publish(Caller caller, @PathVariable String slug) {
        Publication made = workflows.publish(caller.tenant(), Requests.slug(slug), new Author(caller.who(), false));
        return Replies.of(
                made.unchanged() ? HttpStatus.OK : HttpStatus.CREATED,
                Map.of(
                        "version", made.version(),
                        "publishedAt", made.publishedAt(),
                        "unchanged", made.unchanged(),
                        "warnings", warnings(workflows.version(caller.tenant(), Requests.slug(slug), made.version()))));
    }

    /** What does not keep a version from being published. */
    private static List<Map<String, String>> warnings(PublishedVersion version) {
        return Manifest.unusedPins(version.bpmn(), version.configuration().connectors()).stream()
                .map(slug -> Map.of(
                        "message", "The configuration pins connector \"" + slug + "\", which the code does not call.",
                        "instead", "take \"" + slug + "\" out of \"connectors\"."))
                .toList();
    }

    /** Which version to deploy; the latest when none is named. */
    record DeployRequest(@Nullable Integer version) {}

    @PostMapping("/workflows/{slug}/deploy")
    ResponseEntity<byte[]> deploy(
            Caller caller, @PathVariable String slug, @RequestBody(required = false) byte @Nullable [] body) {
        WorkflowSlug name = Requests.slug(slug);
        Integer asked = body == null || body.length == 0
                ? null
                : Body.read(body, DeployRequest.class).version();
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
        Workflow workflow = workflows.get(caller.tenant(), name);
        return Replies.ok(Map.of(
                "versions",
                workflows.versions(caller.tenant(), name).stream()
                        .map(version -> WorkflowJson.version(workflow, version))
                        .toList()));
    }

    @GetMapping("/workflows/{slug}/versions/{version}")
    ResponseEntity<byte[]> version(Caller caller, @PathVariable String slug, @PathVariable int version) {
        WorkflowSlug name = Requests.slug(slug);
        return Replies.ok(WorkflowJson.version(
                workflows.get(caller.tenant(), name), workflows.version(caller.tenant(), name, version)));
    }

    private Map<String, Object> whole(Caller caller, Workflow workflow) {
        return WorkflowJson.whole(
                workflow,
                lastOf(caller, workflow),
                Problems.diagnostics(workflow.source(), workflows.diagnose(workflow)));
    }

    private List<LastExecution> lastOf(Caller caller, Workflow workflow) {
        return log.latest(caller.tenant(), List.of(workflow.slug()), DOTS).getOrDefault(workflow.slug(), List.of());
    }

    private static Draft draftOf(WorkflowSlug slug, SaveRequest request) {
        if (request.code() == null || request.configuration() == null) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "body lacks member \"" + (request.code() == null ? "code" : "configuration") + "\"");
        }
        requireStorable("code", request.code());
        requireStorable("name", request.configuration().name());
        requireStorable("description", request.configuration().description());
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

    /** No database keeps these. */
    private static void requireStorable(String member, @Nullable String text) {
        if (text != null && text.codePoints().anyMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF))) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "member \"" + member + "\" has a NUL character or half of a surrogate pair");
        }
    }
}
