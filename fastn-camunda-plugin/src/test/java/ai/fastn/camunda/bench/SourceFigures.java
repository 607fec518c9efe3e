package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Analyzer;
import ai.fastn.camunda.compiler.analyze.EffectMap;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Parsed;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.ScriptParser;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.diagnostic.SourceText;
import java.util.ArrayList;
import java.util.List;

/**
 * What a picture of a workflow has to show, counted in its source.
 *
 * @param sites the places that call an effect, in the order of the text
 * @param decisions questions that a picture asks: {@code if}, cases, and shorter forms with an effect in an arm
 * @param loops loops
 * @param exits {@code return}, {@code throw} and the end of the workflow
 */
record SourceFigures(List<Site> sites, int decisions, int loops, int exits) {

    /** A place that calls an effect. */
    record Site(String effect, Place place) {}

    /** A place in the text: line and column from 1. */
    record Place(int line, int column) implements Comparable<Place> {

        static Place of(String text) {
            String[] numbers = text.split(":", -1);
            return new Place(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        }

        @Override
        public int compareTo(Place other) {
            int byLine = Integer.compare(line, other.line);
            return byLine != 0 ? byLine : Integer.compare(column, other.column);
        }
    }

    static SourceFigures of(ScriptParser parser, CompilerInput input) {
        if (!(parser.parse(input.source()) instanceof Parsed.Accepted accepted)) {
            throw new AssertionError(input.source().fileName() + " does not parse");
        }
        Script script = accepted.script();
        AnalyzedScript analyzed = new Analyzer().analyze(script, input.catalog());
        Counter counter = new Counter(analyzed, new SourceText(input.source().fileName(), script.javaScript()));
        script.program().walk(counter::site);
        counter.drawn(analyzed.main());
        script.program().walk(node -> {
            if (node instanceof FunctionNode function && function != analyzed.main()) {
                counter.helper(function);
            }
            return true;
        });
        return new SourceFigures(List.copyOf(counter.sites), counter.decisions, counter.loops, counter.exits + 1);
    }

    int total() {
        return sites.size() + decisions + loops + exits;
    }

    /** Adds up while it walks. */
    private static final class Counter {
        private final EffectMap effects;
        private final SourceText text;
        private final List<Site> sites = new ArrayList<>();
        private int decisions;
        private int loops;
        private int exits;

        Counter(AnalyzedScript analyzed, SourceText text) {
            this.effects = analyzed.effects();
            this.text = text;
        }

        boolean site(Node node) {
            if (node instanceof Expression.CallExpression call) {
                effects.of(call).ifPresent(effect -> {
                    SourceText.Position at = text.positionOf(call.span().start());
                    sites.add(new Site(effect.name(), new Place(at.line(), at.column())));
                });
            }
            return true;
        }

        /** A function that has effects is drawn where it is called; its own returns lead back there. */
        void helper(FunctionNode function) {
            if (!effects.performedBy(function.body(), skipped -> false).isEmpty()) {
                int before = exits;
                drawn(function);
                exits = before;
            }
        }

        void drawn(FunctionNode function) {
            function.body().walk(node -> {
                if (node instanceof FunctionNode) {
                    return false;
                }
                count(node);
                return true;
            });
        }

        private void count(Node node) {
            if (node instanceof Statement.Loop) {
                loops++;
            } else if (node instanceof Statement.ReturnStatement || node instanceof Statement.ThrowStatement) {
                exits++;
            } else if (asks(node)) {
                decisions++;
            }
        }

        private boolean asks(Node node) {
            if (node instanceof Expression.ConditionalExpression || node instanceof Expression.LogicalExpression) {
                return !effects.performedBy(node, skipped -> false).isEmpty();
            }
            return node instanceof Statement.IfStatement
                    || (node instanceof Part.SwitchCase branch && branch.test() != null);
        }
    }
}
