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
import org.jspecify.annotations.Nullable;

/** Puts the pieces of a step together, each on the line where the author wrote it. */
final class CodeText {

    private final Script script;
    private final Lines lines;

    CodeText(Script script) {
        this.script = script;
        this.lines = new Lines(script.javaScript());
    }

    Action.Code action(List<Piece> pieces, boolean returns) {
        List<Piece> needed = pieces.stream().filter(Piece::isNeeded).toList();
        List<EffectUse> effects = new ArrayList<>();
        Set<String> sets = new LinkedHashSet<>();
        @Nullable String fused = null;
        for (Piece piece : needed) {
            effects.addAll(piece.effects());
            sets.addAll(piece.sets());
            fused = piece.fused() == null ? fused : piece.fused();
        }
        return new Action.Code(
                kind(effects),
                text(needed),
                original(needed),
                effects,
                returns,
                List.copyOf(sets),
                comment(needed),
                Optional.ofNullable(fused));
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
                .flatMap(last -> sentence(firstOfBlock(last)));
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
        return Optional.of(first.length() <= 60 ? first : first.substring(0, 59).strip() + "…");
    }
}
