package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.runtime.GuestFailure.FailedEffect;
import ai.fastn.camunda.runtime.GuestFailure.Frame;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the guest says of a thrown value. */
final class GuestFailures {

    private static final Pattern FRAME = Pattern.compile("\\s*at (?:async )?(?:(.*?) ?\\()?([^()]*):(\\d+):(\\d+)\\)?");
    private static final int MOST_FRAMES = 50;

    private GuestFailures() {}

    static GuestFailure read(JsonNode node, ProgramSource source, @Nullable FailedEffect effect, SecretsRead secrets) {
        JsonNode fields = node.path("fields");
        return new GuestFailure(
                code(fields.path("code").asText()),
                shown(node.path("name").asText(), secrets),
                shown(node.path("message").asText(), secrets),
                frames(node.path("stack").asText(), source),
                fields.path("retryable").asBoolean(true),
                Math.max(0, fields.path("retryAfterMs").asLong(0)),
                secrets.withoutSecrets(fields),
                effect);
    }

    /** Without secrets, and without the one character that no database keeps. */
    private static String shown(String text, SecretsRead secrets) {
        return secrets.withoutSecrets(text).replace('\u0000', '\uFFFD');
    }

    private static ErrorCode code(String text) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.code().equals(text))
                .findFirst()
                .orElse(ErrorCode.STEP_FAILED);
    }

    private static List<Frame> frames(String stack, ProgramSource source) {
        List<Frame> frames = new ArrayList<>();
        for (String line : stack.split("\n", -1)) {
            Matcher frame = FRAME.matcher(line);
            if (frames.size() < MOST_FRAMES
                    && frame.matches()
                    && frame.group(2).equals(source.source().getName())) {
                frames.add(source.place(
                        function(frame.group(1)), Integer.parseInt(frame.group(3)), Integer.parseInt(frame.group(4))));
            }
        }
        return frames;
    }

    private static String function(@Nullable String name) {
        return name == null || name.contains("anonymous") || name.equals(":=>") || name.equals(":program") ? "" : name;
    }
}
