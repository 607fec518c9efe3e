package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.execution.DoubtAnswers;
import ai.fastn.camunda.workflow.ExecutionId;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Calls in doubt: say whether one happened. */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class InDoubtController {

    private final DoubtAnswers answers;

    public InDoubtController(DoubtAnswers answers) {
        this.answers = answers;
    }

    @PostMapping("/executions/{id}/in-doubt")
    ResponseEntity<byte[]> answer(
            Caller caller, @PathVariable String id, @RequestBody(required = false) byte @Nullable [] body) {
        Answer answer = Body.read(body, Answer.class);
        answers.answer(caller.tenant(), new ExecutionId(id), answer.requiredCall(), answer.output());
        return Replies.ok(Map.of("id", id, "status", "Running"));
    }

    /**
     * The body.
     *
     * @param call its number, as the error of the execution says
     * @param result what the service answered; null where nothing was
     */
    record Answer(
            @Nullable Integer call,
            @Nullable Boolean happened,
            @Nullable JsonNode result) {

        int requiredCall() {
            if (call == null) {
                throw missing("call", "the number of the call in doubt");
            }
            return call;
        }

        Optional<String> output() {
            if (happened == null) {
                throw missing("happened", "true or false");
            }
            if (!happened) {
                return Optional.empty();
            }
            return Optional.of(result == null ? "null" : result.toString());
        }

        private static FastnException missing(String member, String expected) {
            return new FastnException(
                    ErrorCode.REQUEST_FIELD, "member \"" + member + "\" is missing: " + expected + " is expected");
        }
    }
}
