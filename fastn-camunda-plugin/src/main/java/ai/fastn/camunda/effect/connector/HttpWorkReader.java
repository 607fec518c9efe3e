package ai.fastn.camunda.effect.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads which HTTP request an action is. */
final class HttpWorkReader {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private HttpWorkReader() {}

    static ActionWork.Http read(DefinitionNode node) {
        String method = method(node.field("method"));
        return new ActionWork.Http(
                method,
                path(node.field("path")),
                query(node.field("query")),
                headers(node.field("headers")),
                BodyReader.body(node.field("body"), method),
                BodyReader.format(node.field("body")),
                node.field("output").choice(ActionWork.Output.class, ActionWork.Output.AS_SENT),
                PaginationReader.read(node.field("pagination")));
    }

    private static String method(DefinitionNode node) {
        if (!METHODS.contains(node.text())) {
            throw node.wrong("is \"" + node.text() + "\"; allowed are DELETE, GET, HEAD, PATCH, POST, PUT");
        }
        return node.text();
    }

    private static String path(DefinitionNode node) {
        String path = node.text();
        String constant = ActionWork.Http.PATH_MEMBER.matcher(path).replaceAll("");
        if (!path.startsWith("/") || !constant.matches("[A-Za-z0-9/._~!$&'()*+,;=:@%-]*")) {
            throw node.wrong("is \"" + path + "\"; it starts with \"/\" and holds URL characters and {name} only");
        }
        if (List.of(path.split("/", -1)).contains("..")) {
            throw node.wrong("is \"" + path + "\"; it may not go up by \"..\"");
        }
        return path;
    }

    private static Map<String, Template> query(DefinitionNode node) {
        if (!node.node().isArray()) {
            Map<String, Template> query = new LinkedHashMap<>();
            node.fields().forEach((name, value) -> query.put(name, parameter(value)));
            return query;
        }
        Map<String, Template> query = new LinkedHashMap<>();
        node.texts().forEach(name -> query.put(name, new Template.Member(name, ValueStyle.PLAIN)));
        return query;
    }

    private static Template parameter(DefinitionNode node) {
        if (!node.node().isObject()) {
            return Template.of(node.text());
        }
        node.withOnly("member", "style", "explode");
        return new Template.Member(node.field("member").text(), BodyReader.style(node));
    }

    private static Map<String, Template> headers(DefinitionNode node) {
        node.fields().forEach(HeaderNames::require);
        return templates(node);
    }

    private static Map<String, Template> templates(DefinitionNode node) {
        Map<String, Template> templates = new LinkedHashMap<>();
        node.fields().forEach((name, value) -> templates.put(name, Template.of(value.text())));
        return templates;
    }
}
