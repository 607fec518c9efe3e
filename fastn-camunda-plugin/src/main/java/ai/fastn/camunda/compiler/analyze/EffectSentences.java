package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.effect.EffectCatalog.ActionEntry;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import ai.fastn.camunda.workflow.StepKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a node that performs one effect is called. */
final class EffectSentences {

    private static final Set<String> READING_VERBS =
            Set.of("get", "list", "find", "fetch", "read", "search", "load", "query", "retrieve", "look");
    private static final Set<String> SENDING_VERBS = Set.of("send", "notify", "post", "publish");
    private static final Pattern TABLE = Pattern.compile(
            "(?is)^[\\s(]*(select\\b.*?\\bfrom|insert\\s+into|update|delete\\s+from|create\\s+table(?:\\s+if\\s+not\\s+exists)?|"
                    + "alter\\s+table|drop\\s+table(?:\\s+if\\s+exists)?|truncate(?:\\s+table)?)\\s+([\\w.\"]+)");

    private static final String TABLE_NAME =
            "\\s+(?:only\\s+)?(?!select\\b|set\\b|lateral\\b|skip\\b)([a-z_\"][\\w.\"]*+)";

    /** Not {@code extract(year from ...)}, where an expression follows, and not a function that gives rows. */
    private static final Pattern TABLES = Pattern.compile(
            "(?is)\\b(?:(?<!\\b(?:year|month|week|day|hour|minute|second|epoch|distinct) )from|join)" + TABLE_NAME
                    + "(?!\\s*\\()|\\b(?:into|(?<!\\b(?:for|do) )update|table(?:\\s+if(?:\\s+not)?\\s+exists)?)"
                    + TABLE_NAME);

    private static final Pattern NAMED = Pattern.compile("(?is)(?:\\bwith(?:\\s+recursive)?|,)\\s+(\\w+)\\s+as\\s*\\(");

    /** {@code "Read deal from HubSpot CRM"}, {@code "Create generation in Gamma"}. */
    EffectUse action(ConnectorEntry connector, ActionEntry action) {
        String name = connector.accessor() + "." + action.name();
        return new EffectUse(name, action.kind(), sentence(connector.title(), action));
    }

    private static String sentence(String connector, ActionEntry action) {
        String title = action.title().isBlank() ? spoken(action.name()) : action.title();
        int blank = title.indexOf(' ');
        String verb = (blank < 0 ? title : title.substring(0, blank)).toLowerCase(Locale.ROOT);
        if (action.kind() == StepKind.READ) {
            boolean reads = blank >= 0 && READING_VERBS.contains(verb);
            return reads
                    ? "Read" + title.substring(blank) + " from " + connector
                    : title + (READING_VERBS.contains(verb) ? " from " : " with ") + connector;
        }
        return title + (SENDING_VERBS.contains(verb) ? " with " : " in ") + connector;
    }

    private static String spoken(String camelCase) {
        String words = camelCase.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** {@code "Insert into sync_log"}; a statement whose text is not constant counts as a WRITE. */
    EffectUse query(Optional<String> sql) {
        String text = sql.orElse("").strip();
        StepKind kind = text.toLowerCase(Locale.ROOT).matches("(?s)^\\(*select\\b(?!.*\\bfor\\s+update\\b).*")
                        && !text.endsWith("…")
                ? StepKind.READ
                : StepKind.WRITE;
        Matcher table = TABLE.matcher(text);
        return new EffectUse(
                "db.query",
                kind,
                table.find() ? sentence(table.group(1), table.group(2)) : "Query database",
                tables(text));
    }

    /** What a statement names as its tables; those it defines itself ({@code WITH}) are none. */
    private static List<String> tables(String sql) {
        String text = sql.replaceAll("(?s)--[^\n]*|/\\*.*?\\*/|'(?:[^']|'')*'", " ");
        Set<String> own = NAMED.matcher(text)
                .results()
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return TABLES.matcher(text)
                .results()
                .map(found -> (found.group(1) == null ? found.group(2) : found.group(1)).replace("\"", ""))
                .filter(name -> !own.contains(name.toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
    }

    /** An effect on what its first argument names. */
    static EffectUse ofKey(String name, StepKind kind, String verb, Optional<String> key) {
        return new EffectUse(
                name,
                kind,
                withKey(verb, key),
                key.filter(text -> !text.isBlank()).stream().toList());
    }

    private static String sentence(String verb, String table) {
        String words = verb.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        String name = table.replace("\"", "");
        if (words.startsWith("select")) {
            return "Read " + name;
        }
        String plain = words.replace(" if not exists", "").replace(" if exists", "");
        return Character.toUpperCase(plain.charAt(0)) + plain.substring(1) + " " + name;
    }

    /** {@code "Read state deal:…"}. */
    static String withKey(String verb, Optional<String> key) {
        return key.filter(text -> !text.isBlank())
                .map(text -> verb + " " + text)
                .orElse(verb.contains(" ") ? verb : verb + " state");
    }
}
