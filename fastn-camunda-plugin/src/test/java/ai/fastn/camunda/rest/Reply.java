package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.Locale;

/** What the server said. */
record Reply(int status, HttpHeaders headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    /** A member by JSON pointer, as text. */
    String text(String pointer) {
        return json().at(pointer).asText();
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    Reply requireStatus(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** Checks that this is a problem document with this status and code, and gives its detail. */
    String requireProblem(int expected, String code) {
        requireStatus(expected);
        assertThat(header("content-type")).startsWith("application/problem+json");
        assertThat(text("/code")).as(body).isEqualTo(code);
        assertThat(json().path("status").asInt()).isEqualTo(expected);
        assertThat(text("/type")).endsWith(code.toLowerCase(Locale.ROOT));
        assertThat(body).doesNotContain("java.").doesNotContain("ai.fastn.camunda");
        return text("/detail");
    }
}
