package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.net.URIBuilder;

/** How the input of the next page follows from an answer. Places in an answer are names, outermost first. */
sealed interface Pagination {

    /** A value of the answer is a member of the next input. */
    record Cursor(List<String> place, String into) implements Pagination {}

    /** A member counts pages, beginning with {@code first}, until one has no items. */
    record Page(String member, int first, List<String> items) implements Pagination {}

    /** A member counts items, beginning with 0, until a page has none. */
    record Offset(String member, List<String> items) implements Pagination {}

    /** The header {@code Link} holds the address of the next page; its query parameters become members. */
    record Link() implements Pagination {

        private static final Pattern NEXT =
                Pattern.compile("<([^>]*)>[^,<]*;\\s*rel=\"?next\"?", Pattern.CASE_INSENSITIVE);

        private static Optional<URI> address(Optional<String> header) {
            Matcher next = NEXT.matcher(header.orElse(""));
            try {
                return next.find() ? Optional.of(new URI(next.group(1))) : Optional.empty();
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * The members that the next page is asked for with, beside those of the first.
     *
     * @param link the header {@code Link} of the answer
     * @return empty after the last page
     */
    default Optional<ObjectNode> next(
            ActionWork.Http work, ConnectorInput input, JsonNode output, Optional<String> link) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        if (this instanceof Cursor cursor) {
            JsonNode value = at(output, cursor.place());
            if (value.isValueNode()
                    && !value.isNull()
                    && !value.asText().isEmpty()
                    && !value.asText().equals("false")) {
                members.set(cursor.into(), value);
            }
        } else if (this instanceof Page page && !at(output, page.items()).isEmpty()) {
            members.put(page.member(), number(input, page.member(), page.first()) + 1);
        } else if (this instanceof Offset offset && !at(output, offset.items()).isEmpty()) {
            members.put(
                    offset.member(),
                    number(input, offset.member(), 0)
                            + at(output, offset.items()).size());
        } else if (this instanceof Link) {
            Link.address(link).ifPresent(address -> parameters(work, address, members));
        }
        return members.isEmpty() ? Optional.empty() : Optional.of(members);
    }

    private static void parameters(ActionWork.Http work, URI address, ObjectNode members) {
        new URIBuilder(address).getQueryParams().forEach(parameter -> {
            if (work.query().get(parameter.getName()) instanceof Template.Member member) {
                members.put(member.name(), parameter.getValue());
            }
        });
    }

    private static long number(ConnectorInput input, String member, int otherwise) {
        return input.member(member).map(value -> value.asLong(otherwise)).orElse((long) otherwise);
    }

    private static JsonNode at(JsonNode output, List<String> place) {
        JsonNode value = output;
        for (String name : place) {
            value = value.path(name);
        }
        return value;
    }
}
