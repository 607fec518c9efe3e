package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a start sends. Its members are cut out of the body, not rebuilt: numbers keep their spelling.
 *
 * @param input one JSON value, {@code null} when absent
 * @param headers what the Test panel wants as {@code ctx.headers}, as JSON
 * @param mocks which calls are not made, as JSON
 * @param record whether the calls are kept, as JSON
 */
record ExecuteBody(String input, Optional<String> headers, Optional<String> mocks, Optional<String> record) {

    private static final ExecuteBody NOTHING =
            new ExecuteBody("null", Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Reads a body; an empty one has no input.
     *
     * @throws FastnException BODY_NOT_JSON with line and column, or REQUEST_FIELD for an unknown member
     */
    static ExecuteBody read(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return NOTHING;
        }
        String text = Body.text(body);
        try (JsonParser parser = Body.parser(text)) {
            return read(parser, text);
        } catch (JsonProcessingException e) {
            throw Body.refused(e);
        } catch (IOException e) {
            throw new UncheckedIOException("bug: a text can always be read", e);
        }
    }

    private static ExecuteBody read(JsonParser parser, String text) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new FastnException(ErrorCode.BODY_NOT_JSON, "body is not a JSON object");
        }
        ExecuteBody read = NOTHING;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            read = read.with(name, value(parser, text));
        }
        if (parser.nextToken() != null) {
            throw new FastnException(ErrorCode.BODY_NOT_JSON, "body goes on after its JSON object");
        }
        return read;
    }

    private ExecuteBody with(String name, String value) {
        return switch (name) {
            case "input" -> new ExecuteBody(value, headers, mocks, record);
            case "headers" -> new ExecuteBody(input, Optional.of(value), mocks, record);
            case "mocks" -> new ExecuteBody(input, headers, Optional.of(value), record);
            case "record" -> new ExecuteBody(input, headers, mocks, Optional.of(value));
            default ->
                throw new FastnException(
                        ErrorCode.REQUEST_FIELD,
                        "member \"" + name + "\" is not known; known here: headers, input, mocks, record");
        };
    }

    /** Whether the calls are kept. */
    boolean isRecorded() {
        return switch (record.orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new FastnException(ErrorCode.REQUEST_FIELD, "member \"record\" is not true or false");
        };
    }

    /** The text of the value that begins at the current token. */
    private static String value(JsonParser parser, String text) throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        int depth = 0;
        for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token.isNumeric()) {
                requireFinite(parser);
            }
            parser.finishToken();
            if (depth == 0) {
                break;
            }
        }
        return text.substring(start, (int) parser.currentLocation().getCharOffset());
    }

    /** A number that JavaScript would read as infinite is none that the workflow could be given. */
    private static void requireFinite(JsonParser parser) throws IOException {
        if (Double.isInfinite(parser.getDoubleValue())) {
            throw new FastnException(
                    ErrorCode.BODY_NOT_JSON,
                    "number at line " + parser.currentTokenLocation().getLineNr() + ", column "
                            + parser.currentTokenLocation().getColumnNr() + " is larger than any number of JavaScript");
        }
    }
}
