package ai.fastn.camunda.effect.connector;

import java.util.List;
import java.util.Optional;

/** Reads how an action continues: {@code pagination: {cursor: paging.next.after, into: after}}. */
final class PaginationReader {

    private PaginationReader() {}

    static Optional<Pagination> read(DefinitionNode node) {
        if (!node.isPresent()) {
            return Optional.empty();
        }
        if (node.isText("link")) {
            return Optional.of(new Pagination.Link());
        }
        if (node.field("cursor").isPresent()) {
            node.withOnly("cursor", "into");
            return Optional.of(new Pagination.Cursor(
                    place(node.field("cursor")), node.field("into").text()));
        }
        if (node.field("page").isPresent()) {
            node.withOnly("page", "first", "items");
            return Optional.of(new Pagination.Page(
                    node.field("page").text(), first(node.field("first")), place(node.field("items"))));
        }
        if (node.field("offset").isPresent()) {
            node.withOnly("offset", "items");
            return Optional.of(new Pagination.Offset(node.field("offset").text(), place(node.field("items"))));
        }
        throw node.wrong("names none of cursor, page, offset, and is not link");
    }

    private static int first(DefinitionNode node) {
        if (!node.isPresent()) {
            return 1;
        }
        if (!node.node().isInt()) {
            throw node.wrong("is \"" + node.node().asText() + "\"; it is the number of the first page, such as 1");
        }
        return node.node().asInt();
    }

    private static List<String> place(DefinitionNode node) {
        return node.optionalText().map(text -> List.of(text.split("\\.", -1))).orElse(List.of());
    }
}
