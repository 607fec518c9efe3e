package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.LineIndex;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.lifecycle.DoesNotCompileException;
import ai.fastn.camunda.runtime.RunFailedException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns what went wrong into RFC 9457 problem documents with a FASTN code; a stack trace never leaves the server. */
@RestControllerAdvice(basePackageClasses = Problems.class)
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int LONGEST_EXCERPT = 400;
    private static final MediaType PROBLEM = MediaType.parseMediaType("application/problem+json;charset=UTF-8");

    @ExceptionHandler
    ResponseEntity<byte[]> runFailed(RunFailedException e) {
        Map<String, Object> members = members(e.code(), e.failure().message());
        members.put("error", ExecutionJson.errorOf(e.failure()));
        members.put("executionId", e.execution().value());
        return ResponseEntity.status(statusOf(e.code()))
                .header(ExecutionController.EXECUTION_HEADER, e.execution().value())
                .contentType(PROBLEM)
                .body(Json.write(members));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> doesNotCompile(DoesNotCompileException e) {
        Map<String, Object> members = members(e.code(), messageOf(e));
        members.put("diagnostics", diagnostics(e.source(), e.diagnostics()));
        return reply(e.code(), members);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> known(FastnException e) {
        return reply(e);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> forbidden(AuthorizationException e) {
        return known(new FastnException(ErrorCode.PERMISSION_MISSING, messageOf(e), e));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> suspended(SuspendedEntityInteractionException e) {
        return known(new FastnException(
                ErrorCode.WORKFLOW_DISABLED,
                "workflow is disabled in the engine: its process definition is suspended",
                e));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrongParameter(MethodArgumentTypeMismatchException e) {
        return known(new FastnException(
                ErrorCode.REQUEST_FIELD,
                "parameter \"" + e.getName() + "\" is \"" + e.getValue() + "\": an integer is expected",
                e));
    }

    /** The connection ended before the body did, or lied about its length. */
    @ExceptionHandler
    ResponseEntity<byte[]> brokenBody(HttpMessageNotReadableException e) {
        FastnException cause = fastnCauseOf(e);
        return known(
                cause != null
                        ? cause
                        : new FastnException(ErrorCode.BODY_NOT_JSON, "body can not be read: it ends too early", e));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unexpected(Exception e) {
        FastnException cause = fastnCauseOf(e);
        if (cause != null) {
            return cause instanceof RunFailedException failed ? runFailed(failed) : known(cause);
        }
        LOG.error("FASTN request failed unexpectedly", e);
        return known(new FastnException(
                ErrorCode.INTERNAL, "request failed for a reason of ours: the server's log has the details", e));
    }

    static List<Map<String, Object>> diagnostics(SourceText source, List<Diagnostic> diagnostics) {
        LineIndex lines = source.lines();
        return diagnostics.stream()
                .map(diagnostic -> diagnostic(lines, diagnostic))
                .toList();
    }

    private static Map<String, Object> diagnostic(LineIndex lines, Diagnostic diagnostic) {
        SourceText.Position start = lines.positionOf(diagnostic.span().start());
        SourceText.Position end = lines.positionOf(diagnostic.span().end());
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", diagnostic.kind().code());
        members.put("severity", "error");
        members.put("message", diagnostic.message());
        members.put("instead", diagnostic.instead());
        members.put("line", start.line());
        members.put("column", start.column());
        members.put("endLine", end.line());
        members.put("endColumn", end.column());
        members.put("excerpt", excerpt(lines.lineText(start.line())));
        return members;
    }

    /** A line of generated code can be a megabyte long. */
    private static String excerpt(String line) {
        return line.length() <= LONGEST_EXCERPT ? line : line.substring(0, LONGEST_EXCERPT) + "…";
    }

    /** Answers from a filter, which no exception handler of Spring's sees. */
    static void write(HttpServletResponse response, FastnException e) throws IOException {
        response.setStatus(statusOf(e.code()).value());
        response.setContentType(PROBLEM.toString());
        response.getOutputStream().write(Json.write(members(e.code(), messageOf(e))));
    }

    static ResponseEntity<byte[]> reply(FastnException e) {
        return reply(e.code(), members(e.code(), messageOf(e)));
    }

    private static ResponseEntity<byte[]> reply(ErrorCode code, Map<String, Object> members) {
        return ResponseEntity.status(statusOf(code)).contentType(PROBLEM).body(Json.write(members));
    }

    private static Map<String, Object> members(ErrorCode code, String detail) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "https://fastn.ai/errors/" + code.code().toLowerCase(Locale.ROOT));
        members.put(
                "title",
                code.name().charAt(0)
                        + code.name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' '));
        members.put("status", statusOf(code).value());
        members.put("detail", detail);
        members.put("code", code.code());
        return members;
    }

    private static String messageOf(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static @Nullable FastnException fastnCauseOf(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof FastnException known) {
                return known;
            }
        }
        return null;
    }

    static HttpStatus statusOf(ErrorCode code) {
        return switch (code) {
            case KEY_MISSING, KEY_UNKNOWN, LOGIN_REQUIRED -> HttpStatus.UNAUTHORIZED;
            case TENANT_REFUSED, ACCOUNT_REFUSED, PERMISSION_MISSING -> HttpStatus.FORBIDDEN;
            case WORKFLOW_UNKNOWN,
                    EXECUTION_UNKNOWN,
                    VERSION_UNKNOWN,
                    PATH_UNKNOWN,
                    NOBODY_WAITS,
                    CONNECTOR_UNKNOWN,
                    ACTION_UNKNOWN,
                    CONNECTOR_VERSION_UNKNOWN,
                    CONNECTION_UNKNOWN,
                    OAUTH_APP_MISSING,
                    SECRET_MISSING,
                    SETTING_UNKNOWN,
                    RECORDING_UNKNOWN -> HttpStatus.NOT_FOUND;
            case EXECUTION_TIMEOUT -> HttpStatus.REQUEST_TIMEOUT;
            case NOT_PUBLISHED,
                    NOT_DEPLOYED,
                    WORKFLOW_DISABLED,
                    DRAFT_CONFLICT,
                    NOTHING_IN_DOUBT,
                    SEVERAL_WAIT,
                    START_UNDER_WAY,
                    START_IN_DOUBT,
                    CONNECTOR_NOT_OWN -> HttpStatus.CONFLICT;
            case BODY_TOO_LARGE, SOURCE_TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
            case BODY_TYPE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case BODY_NOT_JSON, REQUEST_FIELD, CONFIGURATION, INPUT_NOT_JSON, START_KEY, MOCKS ->
                HttpStatus.BAD_REQUEST;
            case INTERNAL, PROGRAM_BROKEN, INSTALLATION, MIGRATION -> HttpStatus.INTERNAL_SERVER_ERROR;
            case DB_UNAVAILABLE, JOURNAL_UNAVAILABLE, CONNECTOR_STORE, TOKEN_UNAVAILABLE ->
                HttpStatus.SERVICE_UNAVAILABLE;
            default -> HttpStatus.UNPROCESSABLE_ENTITY;
        };
    }
}
