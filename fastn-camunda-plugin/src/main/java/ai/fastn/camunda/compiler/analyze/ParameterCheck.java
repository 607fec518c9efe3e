package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.ObjectExpression;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.diagnostic.Advice;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticKind;
import ai.fastn.camunda.effect.EffectCatalog.ActionEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Parameters of an action that do not exist, or are not there although they must: where the argument shows its members.
 */
final class ParameterCheck {

    private ParameterCheck() {}

    /** @param name connector and action with a dot between */
    static List<Diagnostic> mistakes(Script script, CallExpression call, String name, ActionEntry action) {
        Optional<List<Part.Property>> members = members(call);
        if (members.isEmpty()) {
            return List.of();
        }
        List<Diagnostic> unknown = members.get().stream()
                .filter(member -> !member.computed())
                .flatMap(member -> unknown(script, member, name, action).stream())
                .toList();
        return unknown.isEmpty() ? missing(script, call, members.get(), name, action) : unknown;
    }

    /** Empty where the argument may have other members, too: it is no literal, or has another object spread into it. */
    private static Optional<List<Part.Property>> members(CallExpression call) {
        if (call.arguments().isEmpty()) {
            return Optional.of(List.of());
        }
        if (!(call.arguments().get(0) instanceof ObjectExpression argument)) {
            return Optional.empty();
        }
        List<Part.Property> members = argument.properties().stream()
                .filter(Part.Property.class::isInstance)
                .map(Part.Property.class::cast)
                .toList();
        return members.size() == argument.properties().size() ? Optional.of(members) : Optional.empty();
    }

    private static Optional<Diagnostic> unknown(Script script, Part.Property member, String name, ActionEntry action) {
        return action.parameters()
                .flatMap(known -> Texts.key(member.key())
                        .filter(key -> !known.contains(key))
                        .map(key -> Diagnostic.of(
                                DiagnosticKind.UNKNOWN_PARAMETER,
                                script.inSource(member.key().span()),
                                name,
                                key,
                                known.isEmpty()
                                        ? "leave it out: the action takes none."
                                        : Advice.on("parameter", key, known))));
    }

    /** A computed name may be any of them. */
    private static List<Diagnostic> missing(
            Script script, CallExpression call, List<Part.Property> members, String name, ActionEntry action) {
        Set<String> given = new HashSet<>();
        for (Part.Property member : members) {
            Optional<String> key = member.computed() ? Optional.empty() : Texts.key(member.key());
            if (key.isEmpty()) {
                return List.of();
            }
            given.add(key.get());
        }
        List<String> missing = action.required().stream()
                .filter(parameter -> !given.contains(parameter))
                .toList();
        return missing.isEmpty()
                ? List.of()
                : List.of(Diagnostic.of(
                        DiagnosticKind.MISSING_PARAMETER,
                        script.inSource(place(call).span()),
                        name,
                        words(missing),
                        missing.stream()
                                .map(parameter -> quoted(parameter) + ": ...")
                                .collect(Collectors.joining(", ", name + "({ ", " })"))));
    }

    private static Node place(CallExpression call) {
        return call.callee() instanceof Expression.MemberExpression member ? member.property() : call.callee();
    }

    private static String words(List<String> missing) {
        return (missing.size() == 1 ? "the parameter " : "the parameters ")
                + missing.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
    }

    /** As a member of an object literal. */
    private static String quoted(String name) {
        return name.matches("[A-Za-z_$][\\w$]*") ? name : "\"" + name + "\"";
    }
}
