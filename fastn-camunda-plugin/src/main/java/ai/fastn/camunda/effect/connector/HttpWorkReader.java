package ai.fastn.camunda.effect.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads which HTTP request an action is. */
final class HttpWorkReader {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE");

    private HttpWorkReader() {}

    static ActionWork.Http read(DefinitionNode node) {
        String method = method(node.field("method"));
        return new ActionWork.Http(
                method,
                path(node.field("path")),
                query(node.field("query")),
                headers(node.field("headers")),
                body(node.field("body"), method),
                node.field("output").choice(ActionWork.Output.class, ActionWork.Output.AS_SENT));
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
            return templates(node);
        }
        Map<String, Template> query = new LinkedHashMap<>();
        node.texts().forEach(name -> query.put(name, new Template.Member(name)));
        return query;
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

    private static ActionBody body(DefinitionNode node, String method) {
        if (!node.isPresent()) {
            return WITHOUT_BODY.contains(method) ? new ActionBody.None() : new ActionBody.Rest();
        }
        if (node.isText("none")) {
            return new ActionBody.None();
        }
        if (method.equals("GET") || method.equals("HEAD")) {
            throw node.wrong("is given for " + method + ", which has no body");
        }
        if (node.isText("rest")) {
            return new ActionBody.Rest();
        }
        if (node.node().isArray()) {
            return new ActionBody.Members(node.texts());
        }
        if (node.node().isObject()) {
            return new ActionBody.Member(node.withOnly("member").field("member").text());
        }
        throw node.wrong("is \"" + node.text() + "\"; allowed are none, rest, a list of names, {member: name}");
    }
}
