package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Script;
import java.util.Set;

/** Finds what a returned object says about how the workflow ended. */
final class Outcomes {

    private static final Set<String> TELLING = Set.of("reason", "status", "outcome", "message", "error");
    private static final Set<String> PLAIN = Set.of("success", "ok", "done");

    private Outcomes() {}

    /**
     * {@code {success: true, skipped: true, reason: "already_processed"}} gives {@code "Skipped: already processed"}.
     */
    static String of(Expression returned, Script script) {
        if (!(returned instanceof Expression.ObjectExpression object)) {
            return "";
        }
        String flag = "";
        String reason = "";
        for (Node member : object.properties()) {
            if (member instanceof Part.Property property
                    && !property.computed()
                    && property.key() instanceof Identifier key
                    && property.value() instanceof Expression.Literal literal) {
                boolean telling = TELLING.contains(key.name()) && literal.kind() == Expression.LiteralKind.STRING;
                if (telling && reason.isEmpty()) {
                    reason = literal.value().replace('_', ' ');
                } else if (flag.isEmpty() && literal.kind() == Expression.LiteralKind.BOOLEAN) {
                    flag = flag(key.name(), script.text(literal).equals("true"));
                }
            }
        }
        String text = flag.isEmpty() ? Words.capital(reason) : reason.isEmpty() ? flag : flag + ": " + reason;
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }

    private static String flag(String name, boolean value) {
        if (PLAIN.contains(name)) {
            return value ? "" : "Failed";
        }
        return value ? Words.capital(Words.spoken(name)) : "";
    }
}
