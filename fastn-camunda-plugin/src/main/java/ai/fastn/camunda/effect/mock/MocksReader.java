package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.Scenario;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a mocks document; every mistake is said with its JSON pointer.
 *
 * @param names gives the name of a call as the sandbox says it
 * @param knows whether calls of a name know a scenario
 */
record MocksReader(Function<MockNode, String> names, BiPredicate<String, Scenario> knows) {

    static final int MOST_RULES = 2_000;
    static final int MOST_ANSWERS = 10_000;
    /** A day. */
    static final int LONGEST_DELAY_MILLIS = 86_400_000;

    private static final Set<String> RULE = Set.of("call", "arguments", "nth", "answers");
    private static final List<String> KINDS = List.of("output", "bytes", "error", "scenario");

    /** Reads what {@link #read} has accepted before. */
    static Mocks checked(String document) {
        return new MocksReader(MockNode::text, (call, scenario) -> true)
                .read(new MockNode("", MockJson.read(document)));
    }

    Mocks read(MockNode document) {
        document.object(Set.of("others", "rules"));
        List<MockRule> rules = new ArrayList<>();
        if (document.field("rules").isPresent()) {
            document.field("rules").list(MOST_RULES).forEach(rule -> rules.add(rule(rule)));
        }
        return new Mocks(others(document.field("others")), rules);
    }

    private static Others others(MockNode others) {
        return others.isPresent()
                ? Others.of(others.text()).orElseThrow(() -> others.wrong("is none of refuse, sample, live"))
                : Others.REFUSE;
    }

    private MockRule rule(MockNode rule) {
        rule.object(RULE);
        String call = names.apply(rule.field("call"));
        ((ObjectNode) rule.node()).put("call", call);
        MockNode arguments = rule.field("arguments");
        if (arguments.isPresent() && !arguments.node().isObject() && !call.startsWith("connector.")) {
            throw arguments.wrong("is not a JSON object");
        }
        MockNode nth = rule.field("nth");
        List<MockNode> answers = rule.field("answers").list(MOST_ANSWERS);
        if (answers.isEmpty()) {
            throw rule.field("answers").wrong("is empty: at least one answer is expected");
        }
        if (nth.isPresent() && answers.size() > 1) {
            throw rule.field("answers")
                    .wrong("has " + answers.size() + " entries, and one call gets one: leave nth out");
        }
        return new MockRule(
                call,
                arguments.node(),
                nth.isPresent() ? nth.number(1, Integer.MAX_VALUE) : 0,
                answers.stream().map(answer -> answer(call, answer)).toList());
    }

    private MockAnswer answer(String call, MockNode answer) {
        String family = new EffectRequest(call, "{}").family();
        List<String> kinds =
                KINDS.stream().filter(kind -> answer.field(kind).isPresent()).toList();
        answer.object(Stream.concat(Outputs.members(family).stream(), Stream.of("error", "scenario", "delayMs"))
                .collect(Collectors.toSet()));
        if (kinds.size() != 1) {
            throw answer.wrong((kinds.isEmpty() ? "says nothing" : "has " + String.join(" and ", kinds))
                    + ": one of output, error, scenario is expected");
        }
        MockNode delay = answer.field("delayMs");
        return new MockAnswer(
                content(call, family, kinds.get(0), answer),
                delay.isPresent() ? Duration.ofMillis(delay.number(0, LONGEST_DELAY_MILLIS)) : Duration.ZERO);
    }

    private MockAnswer.Content content(String call, String family, String kind, MockNode answer) {
        return switch (kind) {
            case "error" -> error(alone(answer, family).field("error"));
            case "scenario" ->
                new MockAnswer.Usual(scenario(call, alone(answer, family).field("scenario")));
            default -> new MockAnswer.Output(Outputs.wire(family, answer));
        };
    }

    /** What belongs to a result stands beside no error. */
    private static MockNode alone(MockNode answer, String family) {
        for (String member : Outputs.members(family)) {
            if (answer.field(member).isPresent()) {
                throw answer.field(member).wrong("belongs to an output, and the answer is an error");
            }
        }
        return answer;
    }

    private static MockAnswer.Thrown error(MockNode error) {
        if (!error.node().isObject()) {
            throw error.wrong("is not a JSON object");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : error.node().properties()) {
            if (!field.getKey().equals("name") && !field.getKey().equals("message")) {
                fields.put(field.getKey(), MockJson.MAPPER.convertValue(field.getValue(), Object.class));
            }
        }
        MockNode name = error.field("name");
        return new MockAnswer.Thrown(
                name.isPresent() ? name.text() : "", error.field("message").text(), fields);
    }

    private Scenario scenario(String call, MockNode node) {
        String known = known(call);
        Scenario scenario = Scenario.of(node.text())
                .orElseThrow(() ->
                        node.wrong("is no scenario; " + (known.isEmpty() ? call + " has none" : "there are " + known)));
        if (!knows.test(call, scenario)) {
            throw node.wrong("is \"" + scenario.words() + "\", which does not happen to " + call + "; "
                    + (known.isEmpty() ? "write an error instead" : "there are " + known));
        }
        return scenario;
    }

    private String known(String call) {
        return Arrays.stream(Scenario.values())
                .filter(scenario -> knows.test(call, scenario))
                .map(Scenario::words)
                .collect(Collectors.joining(", "));
    }
}
