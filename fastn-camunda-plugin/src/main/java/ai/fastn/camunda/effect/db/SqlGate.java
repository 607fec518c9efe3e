package ai.fastn.camunda.effect.db;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.db.SqlLexer.Word;
import ai.fastn.camunda.workflow.StepKind;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets through one statement that works on data and tables. What is refused here is mostly harmless to other tenants,
 * whom the database itself protects; but a COMMIT would tear the statement from its ledger row, and a changed password
 * would lock the tenant's workflows out.
 */
final class SqlGate {

    static final int LONGEST_SQL = 100_000;
    static final int MOST_PARAMETERS = 1000;

    private static final Set<String> DATA = Set.of(
            "select",
            "with",
            "values",
            "table",
            "insert",
            "update",
            "delete",
            "merge",
            "explain",
            "truncate",
            "comment");
    private static final Set<String> DEFINITIONS = Set.of("create", "alter", "drop");
    private static final Set<String> DEFINED = Set.of("table", "index", "view", "sequence", "type");
    private static final Set<String> READING = Set.of("select", "with", "values", "table", "explain");

    /** What a tenant may do whose schema is full. */
    private static final Set<String> FREEING = Set.of("delete", "drop", "truncate", "comment");

    /** Words that make a statement a write even when it begins like a read. */
    private static final Set<String> CHANGING =
            Set.of("insert", "update", "delete", "merge", "into", "nextval", "setval", "create");

    /** Types that turn numbers into names of other tenants' tables and roles, and our own schema. */
    private static final Set<String> REFUSED_NAMES = Set.of(
            "regclass",
            "regrole",
            "regnamespace",
            "regproc",
            "regprocedure",
            "regtype",
            "regoper",
            "regoperator",
            "regconfig",
            "regdictionary",
            "regcollation",
            "fastn");

    private SqlGate() {}

    /**
     * Checks one statement.
     *
     * @throws FastnException DB_STATEMENT_REFUSED naming the rule
     */
    static SqlStatement check(String sql) {
        if (sql.length() > LONGEST_SQL) {
            throw refused("it has " + sql.length() + " characters; at most " + LONGEST_SQL + " are allowed");
        }
        requireCharacters(sql, "it");
        SqlLexer lexer = new SqlLexer(sql);
        lexer.read();
        requireKind(lexer.words());
        lexer.words().forEach(SqlGate::requireName);
        requireOwner(lexer.words());
        int count = lexer.parameters().stream().mapToInt(n -> n).max().orElse(0);
        requireNoGap(lexer.parameters(), count);
        return new SqlStatement(
                lexer.jdbc().strip(), lexer.parameters(), count, kind(lexer.words()), needs(lexer.words()));
    }

    /** PostgreSQL can store neither NUL nor half a surrogate pair. */
    static void requireCharacters(String text, String what) {
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw refused(what + " holds a NUL character or half a surrogate pair");
        }
    }

    static int parameterNumber(String digits) {
        int number = digits.length() > 4 ? MOST_PARAMETERS + 1 : Integer.parseInt(digits);
        if (number < 1 || number > MOST_PARAMETERS) {
            throw refused("parameter $" + digits + " lies outside $1 to $" + MOST_PARAMETERS);
        }
        return number;
    }

    static FastnException refused(String why) {
        return new FastnException(ErrorCode.DB_STATEMENT_REFUSED, "SQL statement is refused: " + why);
    }

    private static void requireKind(List<Word> words) {
        String first = word(words, 0);
        if (DATA.contains(first) || (DEFINITIONS.contains(first) && DEFINED.contains(defined(words)))) {
            return;
        }
        String name = DEFINITIONS.contains(first) ? first + " " + word(words, 1) : first;
        throw refused((name.isBlank() ? "it is empty" : name.toUpperCase(Locale.ROOT) + " is not available")
                + "; statements for data, and CREATE, ALTER and DROP of TABLE, INDEX, VIEW, SEQUENCE and TYPE are");
    }

    /** What a CREATE, ALTER or DROP is about: skips OR REPLACE and UNIQUE. */
    private static String defined(List<Word> words) {
        if (word(words, 1).equals("or") && word(words, 2).equals("replace")) {
            return word(words, 3).equals("view") ? "view" : "";
        }
        return word(words, 1).equals("unique") ? word(words, 2) : word(words, 1);
    }

    private static void requireName(Word word) {
        String name = word.text().toLowerCase(Locale.ROOT);
        if (REFUSED_NAMES.contains(name) || name.startsWith("to_reg")) {
            throw refused("name \"" + word.text() + "\" is not available");
        }
    }

    private static void requireOwner(List<Word> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).is("owner") && words.get(i + 1).is("to")) {
                throw refused("OWNER TO is not available");
            }
        }
    }

    private static void requireNoGap(List<Integer> parameters, int count) {
        Set<Integer> used = new HashSet<>(parameters);
        for (int number = 1; number <= count; number++) {
            if (!used.contains(number)) {
                throw refused("it uses $" + count + " but not $" + number);
            }
        }
    }

    private static SqlStatement.Needs needs(List<Word> words) {
        if (kind(words) == StepKind.READ || FREEING.contains(word(words, 0))) {
            return SqlStatement.Needs.NOTHING;
        }
        boolean table = word(words, 0).equals("create") && defined(words).equals("table");
        return table ? SqlStatement.Needs.A_TABLE : SqlStatement.Needs.BYTES;
    }

    private static StepKind kind(List<Word> words) {
        boolean reads = READING.contains(word(words, 0))
                && words.stream()
                        .noneMatch(word -> CHANGING.contains(word.text().toLowerCase(Locale.ROOT)));
        return reads ? StepKind.READ : StepKind.WRITE;
    }

    private static String word(List<Word> words, int index) {
        return index < words.size() && !words.get(index).quoted()
                ? words.get(index).text()
                : "";
    }
}
