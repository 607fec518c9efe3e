package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the members of an input that fits its schema. */
record Input(JsonNode members) {

    String text(String name) {
        return members.path(name).asText();
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(members.path(name).textValue());
    }

    /** One text or a list of texts. */
    List<String> texts(String name) {
        JsonNode member = members.path(name);
        if (member.isTextual()) {
            return List.of(member.textValue());
        }
        List<String> texts = new ArrayList<>();
        member.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** The members of a member, as texts. */
    Map<String, String> textByName(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        members.path(name)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    int number(String name, int otherwise) {
        return members.path(name).asInt(otherwise);
    }

    /** Member {@code timeoutMs}, no longer than what is left of the run. */
    Duration timeout(Duration longest, Duration remaining) {
        Duration asked = members.has("timeoutMs") ? Duration.ofMillis(number("timeoutMs", 0)) : longest;
        return asked.compareTo(remaining) < 0 ? asked : remaining;
    }

    static FastnException wrong(String what) {
        return new FastnException(ErrorCode.CONNECTOR_INPUT, what);
    }

    /** The operator has not set what the call needs. */
    static FastnException notSet(String what) {
        return new FastnException(ErrorCode.BUILT_IN_SETTING, what);
    }

    /** A connection says something that can not be used, or does not say it. */
    static FastnException incomplete(String what) {
        return new FastnException(ErrorCode.CONNECTION_INCOMPLETE, what);
    }

    /** The operator does not allow it. */
    static FastnException refused(String what) {
        return new FastnException(ErrorCode.BUILT_IN_REFUSED, what);
    }
}
