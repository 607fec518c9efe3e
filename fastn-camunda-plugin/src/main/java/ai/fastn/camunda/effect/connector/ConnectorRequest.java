package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hc.core5.net.PercentCodec;

/**
 * The HTTP request of one call.
 *
 * @param headers without those that show who calls
 * @param credentials headers that only the connector's own host may see
 * @param connect how long connecting may take
 */
record ConnectorRequest(
        String method,
        URI url,
        Map<String, String> headers,
        Map<String, String> credentials,
        Optional<RequestBody> body,
        Duration connect) {

    /**
     * The request that an action makes of its input.
     *
     * @throws FastnException CONNECTOR_INPUT
     */
    static ConnectorRequest of(Planned planned, ActionWork.Http action, ConnectorInput input) {
        ConnectorDefinition definition = planned.definition();
        Credentials credentials = planned.credentials();
        Optional<RequestBody> body = body(action, input).map(value -> BodyWriter.write(action.format(), value));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json, text/plain;q=0.9, */*;q=0.1");
        headers.putAll(definition.headers());
        action.headers().forEach((name, template) -> header(name, template, input, headers));
        body.ifPresent(written -> contentType(action.format(), written, headers));
        return new ConnectorRequest(
                action.method(),
                URI.create(
                        definition.baseUrl().orElseThrow() + path(action, input) + query(action, input, credentials)),
                headers,
                credentials.headers(),
                body,
                planned.action().timeout().connect());
    }

    /** Only the boundary of parts can not be said by a header of the definition. */
    private static void contentType(BodyFormat format, RequestBody body, Map<String, String> headers) {
        if (format.kind() == BodyFormat.Kind.MULTIPART) {
            headers.put("Content-Type", body.contentType());
        } else {
            headers.putIfAbsent("Content-Type", body.contentType());
        }
    }

    private static String path(ActionWork.Http action, ConnectorInput input) {
        return ActionWork.Http.PATH_MEMBER
                .matcher(action.path())
                .replaceAll(
                        match -> segment(input, match.group(1), !match.group(2).isEmpty()));
    }

    private static String segment(ConnectorInput input, String member, boolean list) {
        return list
                ? input.pathTexts(member).stream().map(ConnectorRequest::encode).collect(Collectors.joining(","))
                : encode(input.pathText(member));
    }

    private static String query(ActionWork.Http action, ConnectorInput input, Credentials credentials) {
        List<String> pairs = new ArrayList<>();
        action.query()
                .forEach((name, template) -> pairs(name, template, input)
                        .forEach(pair -> pairs.add(pair.encoded(ConnectorRequest::encode))));
        credentials.query().forEach((name, value) -> pairs.add(encode(name) + "=" + encode(value)));
        StringJoiner joined = new StringJoiner("&", "?", "").setEmptyValue("");
        pairs.forEach(joined::add);
        return joined.toString();
    }

    private static List<ValueStyle.Pair> pairs(String name, Template template, ConnectorInput input) {
        return template instanceof Template.Member member
                ? member.style().pairs(name, input.members().path(member.name()))
                : List.of(new ValueStyle.Pair(name, List.of(((Template.Constant) template).text()), ""));
    }

    private static void header(String name, Template template, ConnectorInput input, Map<String, String> headers) {
        List<String> values = values(template, input);
        if (values.isEmpty()) {
            return;
        }
        String value = String.join(", ", values);
        if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw ConnectorInput.wrong(
                    "value for header \"" + name + "\" holds characters that a header can not carry");
        }
        headers.put(name, value);
    }

    private static List<String> values(Template template, ConnectorInput input) {
        return template instanceof Template.Member member
                ? input.texts(member.name())
                : List.of(((Template.Constant) template).text());
    }

    private static Optional<JsonNode> body(ActionWork.Http action, ConnectorInput input) {
        Set<String> named = new TreeSet<>(action.namedMembers());
        if (action.body() instanceof ActionBody.Rest) {
            return Optional.of(input.without(named));
        }
        input.requireOnly(named);
        if (action.body() instanceof ActionBody.Members members) {
            return Optional.of(input.only(members.names()));
        }
        return action.body() instanceof ActionBody.Member member ? input.member(member.name()) : Optional.empty();
    }

    private static String encode(String text) {
        return PercentCodec.encode(text, StandardCharsets.UTF_8);
    }
}
