package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Reference;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Program;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.diagnostic.LineIndex;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.diagnostic.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Changes to a workflow that none of its effects and decisions has to do with. */
final class UnrelatedEdits {

    private static final List<String> STATEMENTS = List.of(
            "const unrelated%d = 1; ",
            "Math.max(%d, 2); ",
            "let unrelated%d; ",
            "console.log('unrelated', %d); ",
            "const { unrelated%d } = { unrelated%<d: [1, 2].length }; ");

    private static final List<String> WITHOUT_CALLS =
            STATEMENTS.stream().filter(statement -> !statement.contains("(")).toList();

    private static final List<String> IN_FUNCTIONS = List.of(
            "if (Math.min(%d, 0) > 0) throw new Error('unrelated %<d'); ",
            "try { JSON.parse('unrelated %d'); } catch { } ");

    private static final List<String> IN_ASYNC_FUNCTIONS = List.of(
            "await fastn.READER.get('unrelated %d'); ",
            "if (Math.min(%d, 0) > 0) { await fastn.READER.get('unrelated %<d'); } ");

    /** Those who read: a program that asks one of them could have an equal call behind an added one. */
    private static final List<String> READERS = List.of("secrets", "state");

    /** What the last two letters of a name become, so that it stays as long: in no word of any program. */
    private static final String MARK = "qx";

    private static final String LOUD_MARK = "QX";

    /** What is put behind a name that does not end with two letters: a tilde, which ids leave out. */
    private static final String TILDE = "\u0303";

    /**
     * A changed text.
     *
     * @param what says what was done to it and where
     * @param undo gives what speaks of a renamed variable the name it had
     */
    record Edit(String what, SourceText source, UnaryOperator<String> undo) {}

    private final AnalyzedScript analyzed;
    private final Script script;

    /** The lines of the text as JavaScript, in which newer syntax can be longer. */
    private final LineIndex written;

    private final List<Edit> edits = new ArrayList<>();

    /** What can be added to each try up to its first effect, or up to its first call where it has none. */
    private final Map<SourceSpan, List<String>> tried = new LinkedHashMap<>();

    /** How often each word stands in the program. */
    private final Map<String, Long> names = new HashMap<>();

    private UnrelatedEdits(AnalyzedScript analyzed) {
        this.analyzed = analyzed;
        this.script = analyzed.script();
        this.written = LineIndex.of(script.javaScript());
        script.program().walk(node -> {
            if (node instanceof Identifier name) {
                names.merge(name.name(), 1L, Long::sum);
            } else if (node instanceof Statement.TryStatement attempt) {
                collectTried(attempt);
            }
            return true;
        });
    }

    static List<Edit> of(AnalyzedScript analyzed) {
        UnrelatedEdits edits = new UnrelatedEdits(analyzed);
        edits.visit(analyzed.script().program(), STATEMENTS);
        return edits.edits;
    }

    /** @param statements what can be added where a node stands */
    private void visit(Node node, List<String> statements) {
        List<String> inside = node instanceof FunctionNode function ? statements(function) : statements;
        statementsOf(node).forEach(statement -> before(statement, inside));
        atEnd(node, inside);
        rename(node);
        node.children().forEach(child -> visit(child, inside));
    }

    private List<String> statements(FunctionNode function) {
        List<String> statements = new ArrayList<>(STATEMENTS);
        statements.addAll(IN_FUNCTIONS);
        if (function.async() && !function.generator()) {
            READERS.stream()
                    .filter(reader -> !script.source().text().contains(reader))
                    .limit(1)
                    .flatMap(
                            reader -> IN_ASYNC_FUNCTIONS.stream().map(statement -> statement.replace("READER", reader)))
                    .forEach(statements::add);
        }
        return statements;
    }

    private static List<Statement> statementsOf(Node node) {
        if (node instanceof Program program) {
            return program.body();
        }
        if (node instanceof Statement.BlockStatement block) {
            return block.body();
        }
        if (node instanceof Part.SwitchCase branch) {
            return branch.consequent();
        }
        return node instanceof Part.StaticBlock block ? block.body() : List.of();
    }

    private void before(Statement statement, List<String> statements) {
        if (statement instanceof Statement.ExpressionStatement expression && expression.directive() != null) {
            return;
        }
        if (!isOfAuthor(statement.span().start())) {
            return;
        }
        SourceSpan span = script.inSource(statement.span());
        insert(span.start(), statements);
        if (isPure(statement)) {
            replace("without ", span, "");
        }
    }

    /** Not so where an enum was written out in JavaScript, nor behind a word that JavaScript does not have. */
    private boolean isOfAuthor(int offset) {
        SourceText.Position position = script.positionOf(offset);
        String javaScript = written.lineText(position.line());
        String source = script.source().lines().lineText(position.line());
        return javaScript.length() == source.length()
                && before(position, javaScript).length()
                        == before(position, source).length();
    }

    private static String before(SourceText.Position position, String line) {
        return line.substring(0, position.column() - 1).stripTrailing();
    }

    private void atEnd(Node node, List<String> statements) {
        boolean hasEnd = node instanceof Program || node instanceof Statement.BlockStatement;
        if (hasEnd && isOfAuthor(node.span().end())) {
            int end = script.inSource(node.span()).end();
            insert(node instanceof Program ? end : end - 1, statements);
        }
    }

    private void insert(int at, List<String> statements) {
        int number = edits.size();
        List<String> unrelated = atBeginningOfTry(at).orElse(statements);
        String statement = unrelated.get(number % unrelated.size()).formatted(number);
        replace("with " + statement + "at ", new SourceSpan(at, at), "\n" + statement + "\n");
    }

    /** A try is called after the effect, else the call, that it tries first: another one before it is related to it. */
    private Optional<List<String>> atBeginningOfTry(int at) {
        return tried.entrySet().stream()
                .filter(beginning -> at >= beginning.getKey().start()
                        && at <= beginning.getKey().end())
                .map(Map.Entry::getValue)
                .min(Comparator.comparingInt(List::size));
    }

    private void collectTried(Statement.TryStatement attempt) {
        SourceSpan block = attempt.block().span();
        OptionalInt effect = first(attempt.block(), Expression.AwaitExpression.class);
        int end = effect.orElse(
                first(attempt.block(), Expression.CallExpression.class).orElse(block.end()));
        tried.put(script.inSource(new SourceSpan(block.start(), end)), effect.isPresent() ? STATEMENTS : WITHOUT_CALLS);
    }

    private static OptionalInt first(Node around, Class<? extends Node> kind) {
        List<Integer> starts = new ArrayList<>();
        around.walk(node -> {
            if (kind.isInstance(node)) {
                starts.add(node.span().start());
            }
            return true;
        });
        return starts.stream().mapToInt(Integer::intValue).min();
    }

    /**
     * Gives a variable another name, wherever it is meant: where nothing else is called like it. Nodes that speak of it
     * speak of it by its new name, and are the same otherwise.
     */
    private void rename(Node node) {
        if (node instanceof Part.VariableDeclarator declarator && declarator.id() instanceof Identifier name) {
            List<SourceSpan> meant = spansOf(name);
            if (named(name.name()) == meant.size()) {
                renameAll(name, meant);
            }
        }
    }

    private List<SourceSpan> spansOf(Identifier declared) {
        Stream<Identifier> references = analyzed.scopes().variableOf(declared).stream()
                .flatMap(variable -> variable.references().stream())
                .map(Reference::name);
        return Stream.concat(Stream.of(declared), references)
                .map(name -> script.inSource(name.span()))
                .distinct()
                .sorted(Comparator.comparingInt(SourceSpan::start).reversed())
                .toList();
    }

    private long named(String word) {
        return names.getOrDefault(word, 0L);
    }

    private void renameAll(Identifier name, List<SourceSpan> meant) {
        String end = lastLetters(name.name());
        boolean loud = Character.isUpperCase(name.name().charAt(name.name().length() - 1));
        String mark = end.isEmpty() ? TILDE : loud ? LOUD_MARK : MARK;
        StringBuilder text = new StringBuilder(script.source().text());
        meant.forEach(span -> text.replace(span.end() - end.length(), span.end(), mark));
        edits.add(new Edit(
                "renamed " + name.name(),
                new SourceText(script.source().fileName(), text.toString()),
                said -> said.replace(TILDE, "").replace(LOUD_MARK, end).replace(MARK, end.toLowerCase(Locale.ROOT))));
    }

    /** Two letters of the same case; nothing where a name does not end with such. */
    private static String lastLetters(String name) {
        return name.matches(".*([a-z]{2}|[A-Z]{2})") ? name.substring(name.length() - 2) : "";
    }

    private void replace(String what, SourceSpan span, String text) {
        String source = script.source().text();
        String place = script.source().positionOf(span.start()) + " "
                + source.substring(span.start(), span.end()).lines().collect(Collectors.joining(" "));
        edits.add(new Edit(
                what + place,
                new SourceText(
                        script.source().fileName(),
                        source.substring(0, span.start()) + text + source.substring(span.end())),
                UnaryOperator.identity()));
    }

    /** A call for its own sake that waits for nothing, and has no function in which others' words can stand. */
    private boolean isPure(Statement statement) {
        if (!(statement instanceof Statement.ExpressionStatement expression)
                || !(expression.expression() instanceof Expression.CallExpression)) {
            return false;
        }
        boolean[] more = {false};
        statement.walk(node -> {
            more[0] |= node instanceof Expression.AwaitExpression
                    || node instanceof Expression.Super
                    || node instanceof FunctionNode;
            return true;
        });
        return !more[0]
                && analyzed.effects().performedBy(statement, node -> false).isEmpty();
    }
}
