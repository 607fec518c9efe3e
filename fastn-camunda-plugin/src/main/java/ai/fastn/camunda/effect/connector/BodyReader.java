package ai.fastn.camunda.effect.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what of the input is the body of a request, and how it is written. */
final class BodyReader {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+( ?;[ -~]*)?");

    private BodyReader() {}

    static ActionBody body(DefinitionNode node, String method) {
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
            return written(node);
        }
        throw node.wrong(
                "is \"" + node.text() + "\"; allowed are none, rest, a list of names, {member: name}, {as: form}");
    }

    static BodyFormat format(DefinitionNode node) {
        if (!node.node().isObject()) {
            return BodyFormat.JSON;
        }
        BodyFormat.Kind kind = kind(node);
        Map<String, BodyFormat.Field> fields = new LinkedHashMap<>();
        node.field("fields").fields().forEach((name, field) -> fields.put(name, field(field, kind)));
        if (!fields.isEmpty() && kind != BodyFormat.Kind.FORM && kind != BodyFormat.Kind.MULTIPART) {
            throw node.field("fields").wrong("is for form and multipart only");
        }
        return new BodyFormat(kind, mediaType(node.field("contentType")), fields);
    }

    private static ActionBody written(DefinitionNode node) {
        node.withOnly("as", "contentType", "member", "members", "fields");
        DefinitionNode member = node.field("member");
        DefinitionNode members = node.field("members");
        if (member.isPresent() && members.isPresent()) {
            throw node.wrong("has both member and members");
        }
        if (member.isPresent()) {
            return new ActionBody.Member(member.text());
        }
        if (Set.of(BodyFormat.Kind.TEXT, BodyFormat.Kind.BINARY).contains(kind(node))) {
            throw member.wrong("is missing: a body of that kind is the value of one member");
        }
        return members.isPresent() ? new ActionBody.Members(list(members)) : new ActionBody.Rest();
    }

    private static BodyFormat.Kind kind(DefinitionNode body) {
        return body.field("as").choice(BodyFormat.Kind.class, BodyFormat.Kind.JSON);
    }

    private static List<String> list(DefinitionNode node) {
        if (!node.node().isArray()) {
            throw node.wrong("is not a list of names");
        }
        return node.texts();
    }

    private static BodyFormat.Field field(DefinitionNode node, BodyFormat.Kind kind) {
        if (kind == BodyFormat.Kind.FORM) {
            return new BodyFormat.Field(style(node.withOnly("style", "explode")), Optional.empty(), false);
        }
        node.withOnly("contentType", "binary");
        return new BodyFormat.Field(
                ValueStyle.PLAIN,
                mediaType(node.field("contentType")),
                node.field("binary").flag());
    }

    /** The fields style and explode of a query parameter or form field. */
    static ValueStyle style(DefinitionNode node) {
        DefinitionNode style = node.field("style");
        DefinitionNode explode = node.field("explode");
        ValueStyle.Form form = switch (style.optionalText().orElse("")) {
            case "" -> explode.isPresent() ? ValueStyle.Form.FORM : ValueStyle.Form.PLAIN;
            case "form" -> ValueStyle.Form.FORM;
            case "spaceDelimited" -> ValueStyle.Form.SPACE_DELIMITED;
            case "pipeDelimited" -> ValueStyle.Form.PIPE_DELIMITED;
            case "deepObject" -> ValueStyle.Form.DEEP_OBJECT;
            case "json" -> ValueStyle.Form.JSON;
            default ->
                throw style.wrong("is \"" + style.text()
                        + "\"; allowed are deepObject, form, json, pipeDelimited, spaceDelimited");
        };
        boolean usual = form == ValueStyle.Form.FORM || form == ValueStyle.Form.PLAIN;
        return new ValueStyle(form, explode.isPresent() ? explode.flag() : usual);
    }

    private static Optional<String> mediaType(DefinitionNode node) {
        Optional<String> type = node.optionalText();
        if (type.isPresent() && !MEDIA_TYPE.matcher(type.get()).matches()) {
            throw node.wrong("is \"" + type.get() + "\"; it is a content type such as application/json");
        }
        return type;
    }
}
