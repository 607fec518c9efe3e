package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Expression.Literal;
import ai.fastn.camunda.compiler.parse.Expression.ObjectExpression;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.workflow.StepKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a call of {@code fetch} does, as far as its text says: one whose method is not known counts as a WRITE. */
final class FetchUse {

    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://([^?#…]*)");
    private static final Pattern HOST = Pattern.compile("(?i)https?://(?:[^/?#@…]*@)?([^/?#@]+)");
    private static final int LONGEST = 60;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Map<String, String> VERBS =
            Map.of("POST", "Post to", "PUT", "Put", "PATCH", "Patch", "DELETE", "Delete");

    private FetchUse() {}

    static EffectUse of(CallExpression call) {
        List<Expression> arguments = call.arguments();
        if (!arguments.isEmpty()
                && arguments.get(0) instanceof Expression.NewExpression creation
                && creation.callee() instanceof Identifier name
                && name.name().equals("Request")
                && arguments.size() == 1) {
            arguments = creation.arguments();
        }
        Optional<String> method = method(arguments);
        boolean reads = method.filter(READING::contains).isPresent();
        String verb = reads ? "Fetch" : method.map(VERBS::get).orElse("Send to");
        Optional<String> url = Texts.firstWords(arguments);
        return new EffectUse(
                "fetch",
                reads ? StepKind.READ : StepKind.WRITE,
                verb + " " + address(url).orElse("a URL"),
                host(url).stream().toList());
    }

    /** {@code api.example.com:8443}; {@code api.…} where the text does not say the rest. */
    private static Optional<String> host(Optional<String> url) {
        return url.map(HOST::matcher)
                .filter(Matcher::lookingAt)
                .map(match -> match.group(1).toLowerCase(Locale.ROOT));
    }

    /** Empty where the text does not say it. */
    private static Optional<String> method(List<Expression> arguments) {
        if (arguments.stream().anyMatch(Expression.SpreadElement.class::isInstance)) {
            return Optional.empty();
        }
        if (arguments.size() < 2) {
            return Optional.of("GET");
        }
        return arguments.get(1) instanceof ObjectExpression options ? method(options) : Optional.empty();
    }

    private static Optional<String> method(ObjectExpression options) {
        String method = "GET";
        for (Node member : options.properties()) {
            if (!(member instanceof Part.Property property) || property.computed()) {
                return Optional.empty();
            }
            if (isNamed(property.key(), "method")) {
                if (!(property.value() instanceof Literal literal)) {
                    return Optional.empty();
                }
                method = literal.value().toUpperCase(Locale.ROOT);
            }
        }
        return Optional.of(method);
    }

    private static boolean isNamed(Expression key, String name) {
        return (key instanceof Identifier word && word.name().equals(name))
                || (key instanceof Literal literal && literal.value().equals(name));
    }

    /** Host and path, without what may be long or secret. */
    private static Optional<String> address(Optional<String> url) {
        return url.map(ADDRESS::matcher)
                .filter(Matcher::lookingAt)
                .map(match -> match.group(1).replaceAll("^[^/]*@|/+$", ""))
                .filter(text -> !text.isEmpty())
                .map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
    }
}
