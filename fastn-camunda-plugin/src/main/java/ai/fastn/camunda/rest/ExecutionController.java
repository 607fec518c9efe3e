package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.RunMocks;
import ai.fastn.camunda.effect.mock.MockDocuments;
import ai.fastn.camunda.execution.ExecuteRequest;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.execution.ExecutionFilter;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.execution.Executions;
import ai.fastn.camunda.execution.OnceExecutions;
import ai.fastn.camunda.execution.Started;
import ai.fastn.camunda.lifecycle.Workflow;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.runtime.StartKey;
import ai.fastn.camunda.runtime.VisibleHeaders;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Executions: start one, list them, get one. */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class ExecutionController {

    /** Names the run in every answer to a start. */
    static final String EXECUTION_HEADER = "x-fastn-execution-id";

    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 200;

    private final Workflows workflows;
    private final Executions executions;
    private final OnceExecutions once;
    private final ExecutionLog log;
    private final MockDocuments mocks;

    public ExecutionController(
            Workflows workflows, Executions executions, OnceExecutions once, ExecutionLog log, MockDocuments mocks) {
        this.mocks = mocks;
        this.workflows = workflows;
        this.executions = executions;
        this.once = once;
        this.log = log;
    }

    @PostMapping("/workflows/{slug}/execute")
    ResponseEntity<byte[]> execute(
            Caller caller,
            @PathVariable String slug,
            @RequestHeader HttpHeaders headers,
            @RequestBody(required = false) byte @Nullable [] body) {
        Workflow workflow = workflows.get(caller.tenant(), Requests.slug(slug));
        ExecuteBody sent = ExecuteBody.read(body);
        ExecuteRequest request = requestOf(caller, sent);
        Optional<StartKey> key = IdempotencyKey.of(headers, sent);
        return reply(
                key.isPresent() ? once.execute(workflow, request, key.get()) : executions.execute(workflow, request));
    }

    private ExecuteRequest requestOf(Caller caller, ExecuteBody body) {
        boolean manual = caller.keyId().isEmpty();
        if (!manual && body.headers().isPresent()) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "member \"headers\" is for the Test panel: headers of this request never reach the workflow");
        }
        return new ExecuteRequest(
                body.input(),
                VisibleHeaders.json(body.headers().map(Body::headers).orElse(Map.of())),
                manual ? TriggerKind.MANUAL : TriggerKind.API,
                caller.who(),
                mocksOf(caller, body));
    }

    private RunMocks mocksOf(Caller caller, ExecuteBody body) {
        RunMocks sent =
                body.mocks().map(json -> mocks.checked(caller.tenant(), json)).orElse(RunMocks.NONE);
        return new RunMocks(sent.mode(), sent.document(), body.isRecorded());
    }

    private static ResponseEntity<byte[]> reply(Started started) {
        ResponseEntity.BodyBuilder reply = ResponseEntity.status(
                        started instanceof Started.Completed ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .header(EXECUTION_HEADER, started.execution().value())
                .contentType(MediaType.APPLICATION_JSON);
        if (started instanceof Started.Completed completed) {
            return reply.body(("{\"data\":" + completed.resultJson() + "}").getBytes(StandardCharsets.UTF_8));
        }
        Running running = new Running(started.execution().value(), ExecutionStatus.RUNNING.word());
        return reply.body(Json.write(Map.of("data", running)));
    }

    /** The same text on every node. */
    private record Running(String executionId, String status) {}

    @GetMapping("/executions")
    ResponseEntity<byte[]> list(
            Caller caller,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String workflow,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String mode,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable Integer limit) {
        Requests.known(request, "workflow", "status", "mode", "before", "limit");
        Optional<WorkflowSlug> slug =
                workflow == null || workflow.isEmpty() ? Optional.empty() : Optional.of(Requests.slug(workflow));
        List<Execution> found = log.list(
                caller.tenant(),
                new ExecutionFilter(
                        slug,
                        Requests.status(status),
                        Requests.mode(mode),
                        Requests.instant("before", before),
                        Requests.limit(limit, USUAL_PAGE, LARGEST_PAGE)));
        Map<WorkflowSlug, String> names = namesOf(caller, found);
        return Replies.ok(Map.of(
                "executions",
                found.stream()
                        .map(each -> ExecutionJson.of(each, nameOf(each, names)))
                        .toList()));
    }

    @GetMapping("/executions/{id}")
    ResponseEntity<byte[]> get(Caller caller, @PathVariable String id) {
        Execution execution = log.get(caller.tenant(), new ExecutionId(id));
        Map<String, Object> row = ExecutionJson.of(execution, nameOf(execution, namesOf(caller, List.of(execution))));
        row.put(
                "calls",
                log.calledBy(caller.tenant(), execution.id()).stream()
                        .map(ExecutionJson::shortly)
                        .toList());
        return Replies.ok(row);
    }

    private Map<WorkflowSlug, String> namesOf(Caller caller, List<Execution> found) {
        return workflows.names(
                caller.tenant(), found.stream().map(Execution::workflow).collect(Collectors.toSet()));
    }

    /** A workflow that is gone is named by its slug. */
    private static String nameOf(Execution execution, Map<WorkflowSlug, String> names) {
        return names.getOrDefault(execution.workflow(), execution.workflow().value());
    }
}
