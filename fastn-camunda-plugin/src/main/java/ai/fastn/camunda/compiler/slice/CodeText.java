package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.parse.Comment;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.workflow.StepKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of a step together, each on the line where the author wrote it. */
final class CodeText {

    private final Script script;
    private final Lines lines;

    private final Deeds deeds;

    CodeText(Script script, Lines lines, Deeds deeds) {
        this.script = script;
        this.lines = lines;
        this.deeds = deeds;
    }

    Action.Code action(List<Piece> pieces, boolean returns, ToIntFunction<Piece> rank) {
        List<Piece> needed = pieces.stream().filter(Piece::isNeeded).toList();
        List<EffectUse> effects = new ArrayList<>();
        Set<String> sets = new LinkedHashSet<>();
        @Nullable String fused = null;
        for (Piece piece : needed) {
            effects.addAll(piece.effects());
            sets.addAll(piece.isCatching() ? List.of() : piece.sets());
            fused = piece.fused() == null ? fused : piece.fused();
        }
        List<Deed> done = needed.stream()
                .map(piece -> deeds.of(piece, rank.applyAsInt(piece)))
                .toList();
        return new Action.Code(
                kind(effects),
                text(needed),
                original(needed),
                effects,
                returns,
                List.copyOf(sets),
                done,
                main(needed, done, returns),
                comment(needed),
                Optional.ofNullable(fused));
    }

    /** What a step is called after: its effect; how it ends, when it does; what it sets; what it begins with. */
    private static Optional<Deed> main(List<Piece> pieces, List<Deed> deeds, boolean returns) {
        StepKind kind =
                kind(pieces.stream().flatMap(piece -> piece.effects().stream()).toList());
        if (kind != StepKind.PROCESS) {
            return first(pieces, deeds, piece -> kind(piece.effects()) == kind);
        }
        if (!pieces.isEmpty() && (returns || pieces.get(pieces.size() - 1).isFailing())) {
            return Optional.of(deeds.get(deeds.size() - 1));
        }
        return first(pieces, deeds, piece -> !piece.sets().isEmpty() && !piece.isCatching())
                .or(() -> first(pieces, deeds, piece -> piece.span() != null && !piece.isCatching()))
                .or(() -> first(pieces, deeds, piece -> piece.span() != null));
    }

    private static Optional<Deed> first(List<Piece> pieces, List<Deed> deeds, Predicate<Piece> wanted) {
        return pieces.stream().filter(wanted).findFirst().map(piece -> deeds.get(pieces.indexOf(piece)));
    }

    private static StepKind kind(List<EffectUse> effects) {
        if (effects.stream().anyMatch(effect -> effect.kind() == StepKind.WRITE)) {
            return StepKind.WRITE;
        }
        return effects.stream().anyMatch(effect -> effect.kind() == StepKind.READ) ? StepKind.READ : StepKind.PROCESS;
    }

    private String text(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        int line = 0;
        for (Piece piece : pieces) {
            SourceSpan span = piece.span();
            if (text.length() > 0) {
                text.append(gap(line, span));
            }
            text.append(piece.text());
            line = span == null ? line : lines.lineOf(span.end());
        }
        return text.toString();
    }

    private String gap(int line, @Nullable SourceSpan next) {
        if (next == null || line == 0) {
            return " ";
        }
        int down = lines.lineOf(next.start()) - line;
        return down == 0 ? " " : "\n".repeat(Math.max(down, 1)) + " ".repeat(lines.columnOf(next.start()) - 1);
    }

    private String original(List<Piece> pieces) {
        List<String> texts = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.span() != null) {
                texts.add(original(piece.span()));
            }
        }
        return String.join("\n", texts);
    }

    /** The text of a span, its lines moved left as far as the first one. */
    String original(SourceSpan span) {
        String indent = " ".repeat(lines.columnOf(span.start()) - 1);
        return script.text(span).replace("\n" + indent, "\n").strip();
    }

    /** First sentence of the comment that ends on the line above. */
    private Optional<String> comment(List<Piece> pieces) {
        SourceSpan first = pieces.stream()
                .map(Piece::span)
                .filter(span -> span != null)
                .findFirst()
                .orElse(null);
        if (first == null) {
            return Optional.empty();
        }
        int line = lines.lineOf(first.start());
        return script.comments().stream()
                .filter(comment -> comment.span().end() <= first.start()
                        && line - lines.lineOf(comment.span().end()) <= 1
                        && standsAlone(comment))
                .reduce((before, last) -> last)
                .map(this::firstOfBlock)
                .filter(this::isNoHeading)
                .flatMap(CodeText::sentence);
    }

    /** What a file begins with is said of the whole workflow. */
    private boolean isNoHeading(Comment comment) {
        return !script.javaScript().substring(0, comment.span().start()).isBlank();
    }

    private boolean standsAlone(Comment comment) {
        int start = comment.span().start() - lines.columnOf(comment.span().start()) + 1;
        return script.javaScript().substring(start, comment.span().start()).isBlank();
    }

    /** Line comments directly under each other are one comment. */
    private Comment firstOfBlock(Comment last) {
        Comment first = last;
        for (int i = script.comments().size() - 1; i >= 0; i--) {
            Comment candidate = script.comments().get(i);
            boolean above = lines.lineOf(candidate.span().end())
                    == lines.lineOf(first.span().start()) - 1;
            if (!candidate.block() && !first.block() && above && standsAlone(candidate)) {
                first = candidate;
            }
        }
        return first;
    }

    private static Optional<String> sentence(Comment comment) {
        String words = comment.text().replaceAll("[*\\s]+", " ").strip();
        String first =
                words.replaceAll("(?<=[.!?])\\s.*$", "").replaceAll("[.:]$", "").strip();
        if (first.isEmpty() || first.startsWith("@") || first.contains("eslint") || !first.matches(".*\\p{L}.*")) {
            return Optional.empty();
        }
        return Optional.of(Words.cut(Words.capital(first)));
    }
}
