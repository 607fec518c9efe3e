package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.slice.Action;
import ai.fastn.camunda.compiler.slice.Step;
import ai.fastn.camunda.compiler.slice.StepGraph;
import ai.fastn.camunda.workflow.StepKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of nodes: sentences, as a modeler would write them. */
final class Wording {

    private static final int LONGEST = 60;
    private static final Pattern CALL = Pattern.compile("(?:await )?([\\w$]+(?:\\.[\\w$]+)*)\\(");

    private static final Pattern HEAD = Pattern.compile("(if|switch|while|for) ?\\(");
    private static final Map<String, String> HEADS =
            Map.of("if", "Check", "switch", "Choose by", "while", "Repeat while", "for", "Go through");

    private Wording() {}

    private static String inParentheses(String text, int from) {
        int open = 1;
        int at = from;
        while (at < text.length() && open > 0) {
            open += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
            at++;
        }
        return text.substring(from, open == 0 ? at - 1 : at).strip();
    }

    static String of(Action.Code code) {
        if (code.kind() != StepKind.PROCESS) {
            return effects(code);
        }
        if (code.comment().isPresent()) {
            return code.comment().get();
        }
        if (code.text().startsWith("throw ")) {
            return failure(code.text());
        }
        if (!code.sets().isEmpty()) {
            return cut("Prepare " + list(code.sets()));
        }
        if (code.returns()) {
            return "Prepare result";
        }
        return statement(code.original().replaceAll("\\s+", " ").strip());
    }

    /** A call is named by its function alone, a statement with a head by its head; anything else by its text. */
    private static String statement(String text) {
        Matcher head = HEAD.matcher(text);
        if (head.lookingAt()) {
            return cut(HEADS.get(head.group(1)) + " " + inParentheses(text, head.end()));
        }
        Matcher call = CALL.matcher(text);
        if (call.lookingAt()) {
            return cut("Run " + call.group(1));
        }
        return text.isEmpty() ? "Remember how it ended" : cut("Run " + text.replaceAll(";$", ""));
    }

    /** {@code "Try: read deal from HubSpot CRM"}. */
    static String of(Action.Attempt attempt, StepGraph graph) {
        return graph.steps().stream()
                .filter(step -> step.region() == attempt.region())
                .map(Step::action)
                .filter(action -> action instanceof Action.Code code && code.kind() != StepKind.PROCESS)
                .map(action -> effects((Action.Code) action))
                .findFirst()
                .map(name -> cut("Try: " + Character.toLowerCase(name.charAt(0)) + name.substring(1)))
                .orElse("Try");
    }

    private static String effects(Action.Code code) {
        EffectUse dominant = Ids.dominant(code);
        int more = code.effects().size() - 1;
        return cut(more == 0 ? dominant.sentence() : dominant.sentence() + " and " + more + " more");
    }

    static String failure(String text) {
        int quote = text.indexOf('"') >= 0 ? '"' : text.indexOf('\'') >= 0 ? '\'' : '`';
        int from = text.indexOf(quote);
        int to = from < 0 ? -1 : text.indexOf(quote, from + 1);
        return to < 0 ? "Fail" : cut("Fail: " + text.substring(from + 1, to).replaceAll("\\$\\{[^}]*}", "…"));
    }

    static String list(List<String> names) {
        List<String> shown =
                names.stream().map(Wording::spoken).distinct().limit(3).toList();
        int more = (int) names.stream().map(Wording::spoken).distinct().count() - shown.size();
        if (more > 0) {
            return String.join(", ", shown) + " and " + more + " more";
        }
        return shown.size() == 1
                ? shown.get(0)
                : String.join(", ", shown.subList(0, shown.size() - 1)) + " and " + shown.get(shown.size() - 1);
    }

    private static String spoken(String camelCase) {
        String words = camelCase
                .replace('_', ' ')
                .replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .strip();
        return words.equals(words.toUpperCase(Locale.ROOT)) ? words : words.toLowerCase(Locale.ROOT);
    }

    static String sleep(String expression) {
        String text = expression.replaceAll("[\\s_]+", "");
        if (text.matches("\\d{1,9}")) {
            long millis = Long.parseLong(text);
            return millis % 60_000 == 0 && millis > 0
                    ? "Wait " + millis / 60_000 + " min"
                    : millis % 1000 == 0 ? "Wait " + millis / 1000 + " s" : "Wait " + millis + " ms";
        }
        return "Wait";
    }

    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1).strip() + "…";
    }
}
