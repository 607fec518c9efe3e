package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.bench.Observed;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.host.OwnThread;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A second opinion where GraalJS, which {@link PlainFunction} runs in, may itself be wrong: the same module with the
 * same answers in a {@code node} process.
 */
final class NodeFunction {

    private static final List<String> COMMAND = List.of(
            "node",
            "--experimental-vm-modules",
            "--no-warnings",
            "--stack-size=4000",
            "--input-type=module",
            "--eval",
            PlainFunction.resource("/bench/plain.mjs"));

    private NodeFunction() {}

    /** What Node sees; empty when there is no Node, or no end in that time. */
    static Optional<Observed> run(Subject subject, Answers answers, Duration time) {
        try {
            Process process = new ProcessBuilder(COMMAND)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            CompletableFuture<String> output = OwnThread.call(() -> read(process));
            try (Writer writer = process.outputWriter(StandardCharsets.UTF_8)) {
                writer.write(question(subject, answers).toString());
            }
            boolean ended = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0
                    ? Optional.of(observed(Replies.read(output.join())))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String read(Process process) {
        try (InputStream stream = process.getInputStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode question(Subject subject, Answers answers) {
        ObjectNode question = Replies.JSON
                .createObjectNode()
                .put("boot", PlainFunction.resource("/ai/fastn/camunda/js/boot.js"))
                .put("show", PlainFunction.SHOW)
                .put("variables", PlainFunction.VARIABLES)
                .put("javaScript", subject.javaScript())
                .put("input", subject.inputJson())
                .put("random", Integer.toHexString(FixedRandom.BYTE));
        ArrayNode outcomes = question.putArray("outcomes");
        for (EffectOutcome outcome : answers.outcomes()) {
            outcomes.addObject()
                    .put("succeeded", outcome instanceof EffectOutcome.Succeeded)
                    .put("json", PlainFunction.text(outcome));
        }
        answers.order().forEach(question.putArray("order")::add);
        return question;
    }

    private static Observed observed(JsonNode answer) {
        return new Observed(
                answer.path("outcome").asText(),
                answer.path("effects").asText(),
                answer.path("console").asText());
    }
}
