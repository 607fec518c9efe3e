package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.mock.Recordings;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.workflow.ExecutionId;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Recordings: what the calls of a run gave, as mocks for another one. */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class RecordingController {

    private final ExecutionLog log;
    private final Recordings recordings;

    public RecordingController(ExecutionLog log, Recordings recordings) {
        this.log = log;
        this.recordings = recordings;
    }

    @GetMapping("/executions/{id}/recording")
    ResponseEntity<byte[]> get(Caller caller, @PathVariable String id) {
        Execution execution = log.get(caller.tenant(), new ExecutionId(id));
        if (!execution.recorded()) {
            throw new FastnException(
                    ErrorCode.RECORDING_UNKNOWN,
                    "execution \"" + execution.id() + "\" was not recorded: start the workflow with \"record\": true");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(recordings.document(execution.id()).getBytes(StandardCharsets.UTF_8));
    }
}
