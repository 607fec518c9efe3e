package ai.fastn.camunda.rest;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A client of the machines' API with an access key. */
final class Machine {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 50;

    private final RunningHost host;
    private final Map<String, String> headers;

    private Machine(RunningHost host, Map<String, String> headers) {
        this.host = host;
        this.headers = headers;
    }

    /** With the key of the default tenant. */
    static Machine of(RunningHost host) {
        return new Machine(
                host,
                Map.of(
                        "x-fastn-access-key", host.key(),
                        "x-fastn-account-id", host.account(),
                        "x-fastn-account-tenant-id", "default"));
    }

    /** The same with another header. */
    Machine with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Machine(host, more);
    }

    /** The same without a header. */
    Machine without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(name);
        return new Machine(host, fewer);
    }

    Map<String, String> headers() {
        return headers;
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    Reply put(String path, String body) {
        return send(request(path).PUT(BodyPublishers.ofString(body)));
    }

    Reply delete(String path) {
        return send(request(path).DELETE());
    }

    Reply post(String path, byte[] body) {
        return send(request(path).POST(BodyPublishers.ofByteArray(body)));
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + host.port() + "/fastn/api/v1" + path));
        headers.forEach(request::header);
        return request;
    }

    static Reply send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body of Save. */
    static ObjectNode draft(String code, String name, String tier) {
        ObjectNode draft = JsonNodeFactory.instance.objectNode().put("code", code);
        draft.putObject("configuration").put("name", name).put("tier", tier);
        return draft;
    }

    Reply save(String slug, ObjectNode draft) {
        return put("/workflows/" + slug, draft.toString());
    }

    /** Saves, publishes and deploys a workflow. */
    void install(String slug, String tier, String code) {
        install(slug, draft(code, slug, tier));
    }

    void install(String slug, ObjectNode draft) {
        save(slug, draft).requireStatus(200);
        post("/workflows/" + slug + "/publish", "").requireStatus(201);
        post("/workflows/" + slug + "/deploy", "").requireStatus(200);
    }

    Reply execute(String slug, String input) {
        return post("/workflows/" + slug + "/execute", "{\"input\": " + input + "}");
    }

    /** Polls an execution until it is no longer Running. */
    JsonNode awaitEnd(String executionId) {
        Instant limit = Instant.now().plus(PATIENCE);
        while (true) {
            JsonNode execution =
                    get("/executions/" + executionId).requireStatus(200).json();
            if (!execution.path("status").asText().equals("Running")) {
                return execution;
            }
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError("still running after " + PATIENCE + ": " + execution);
            }
            LockSupport.parkNanos(POLL_MILLIS * 1_000_000);
        }
    }
}
