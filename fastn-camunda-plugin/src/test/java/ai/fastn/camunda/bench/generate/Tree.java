package ai.fastn.camunda.bench.generate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A generated program or a part of one, in pieces that can be left out or stand for each other. */
public sealed interface Tree {

    /** What a phrase may be replaced by. */
    enum Sort {
        STATEMENT,
        EXPRESSION,
        OTHER
    }

    /** The JavaScript. */
    String text();

    List<Tree> parts();

    /** The same with other parts. */
    Tree with(List<Tree> parts);

    /** Text that stays as it is. */
    record Word(String text) implements Tree {

        @Override
        public List<Tree> parts() {
            return List.of();
        }

        @Override
        public Tree with(List<Tree> parts) {
            return this;
        }
    }

    /** Parts that belong together. */
    record Phrase(Sort sort, List<Tree> parts) implements Tree {

        public Phrase {
            parts = List.copyOf(parts);
        }

        @Override
        public String text() {
            return parts.stream().map(Tree::text).collect(Collectors.joining());
        }

        @Override
        public Tree with(List<Tree> replaced) {
            return new Phrase(sort, replaced);
        }
    }

    /** Parts of which each can be left out. */
    record Series(String separator, List<Tree> parts) implements Tree {

        public Series {
            parts = List.copyOf(parts);
        }

        @Override
        public String text() {
            return parts.stream().map(Tree::text).collect(Collectors.joining(separator));
        }

        @Override
        public Tree with(List<Tree> replaced) {
            return new Series(separator, replaced);
        }
    }

    /** A statement of texts and trees. */
    static Tree statement(Object... parts) {
        return new Phrase(Sort.STATEMENT, trees(parts));
    }

    /** An expression of texts and trees that can stand wherever an operand can. */
    static Tree expression(Object... parts) {
        return new Phrase(Sort.EXPRESSION, trees(parts));
    }

    /** Something that is neither. */
    static Tree phrase(Object... parts) {
        return new Phrase(Sort.OTHER, trees(parts));
    }

    /** Statements or members, one below the other. */
    static Tree lines(List<Tree> parts) {
        return new Series("\n", parts);
    }

    /** Operands in a row. */
    static Tree items(List<Tree> parts) {
        return new Series(", ", parts);
    }

    private static List<Tree> trees(Object[] parts) {
        return Arrays.stream(parts)
                .map(part -> part instanceof Tree tree ? tree : new Word((String) part))
                .toList();
    }
}
