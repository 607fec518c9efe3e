package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.workflow.StepKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what a piece does out of its own text alone, so that no change elsewhere makes it say something else. */
final class Deeds {

    /** Words of a question, and of a try. */
    static final String QUESTION = "decision ";

    static final String TRY = "try";

    /** A name or a path of names; what Promise calls is said by its arguments. */
    private static final Pattern PATH = Pattern.compile("(?!Promise\\.)[\\w$]+(\\.[\\w$]+)*");

    private static final Pattern RETURN = Pattern.compile("^return\\b");

    private final AnalyzedScript source;
    private final Script script;
    private final Sentences sentences;

    /** The outermost node of each span. */
    private final Map<SourceSpan, Node> nodes = new HashMap<>();

    Deeds(AnalyzedScript source) {
        this.source = source;
        this.script = source.script();
        this.sentences = new Sentences(script);
        script.program().walk(node -> {
            nodes.putIfAbsent(node.span(), node);
            return true;
        });
    }

    Deed of(Piece piece, int order) {
        Optional<Place> place = Optional.ofNullable(piece.span()).map(span -> Place.of(script, span));
        if (piece.effects().stream().anyMatch(effect -> effect.kind() != StepKind.PROCESS)) {
            return effect(piece, order, place);
        }
        return new Deed(order, place, meaning(piece), sentence(piece), 0);
    }

    private @Nullable Node node(Piece piece) {
        return piece.span() == null ? null : nodes.get(piece.span());
    }

    private Deed effect(Piece piece, int order, Optional<Place> place) {
        Node node = node(piece);
        Optional<CallExpression> own = node == null ? Optional.empty() : own(node, piece.effects());
        if (own.isPresent()) {
            EffectUse effect = source.effects().of(own.get()).orElseThrow();
            Place where = Place.of(script, own.get().span());
            return new Deed(order, Optional.of(where), meaning(effect), effect.sentence(), 1);
        }
        Optional<Expression> called = node == null ? Optional.empty() : called(node);
        EffectUse dominant = dominant(piece.effects());
        return called.map(callee -> call(callee, piece, order, place))
                .orElseGet(() -> new Deed(order, place, meaning(dominant), dominant.sentence(), 1));
    }

    /** The words of an effect. */
    static String meaning(EffectUse effect) {
        return effect.kind().name().toLowerCase(Locale.ROOT) + " "
                + effect.name().replace(".*", "");
    }

    /**
     * The call of the effect that a text is called after: the first that writes, else the first. It stands in the text
     * itself; what functions perform that are called there can change elsewhere.
     */
    private Optional<CallExpression> own(Node node, List<EffectUse> performed) {
        List<CallExpression> own = new ArrayList<>();
        node.walk(below -> {
            if (below instanceof CallExpression call && isOneOf(call, performed)) {
                own.add(call);
            }
            return true;
        });
        return own.stream()
                .filter(call -> source.effects().of(call).orElseThrow().kind() == StepKind.WRITE)
                .findFirst()
                .or(() -> own.stream().findFirst());
    }

    private boolean isOneOf(CallExpression call, List<EffectUse> performed) {
        return source.effects()
                .of(call)
                .filter(effect -> effect.kind() != StepKind.PROCESS && performed.contains(effect))
                .isPresent();
    }

    /** The function that performs the effects: one that is known to, else the first that is waited for. */
    private Optional<Expression> called(Node node) {
        List<Expression> known = new ArrayList<>();
        List<Expression> awaited = new ArrayList<>();
        node.walk(below -> {
            if (below instanceof CallExpression call) {
                Stream.concat(Stream.of(call.callee()), call.arguments().stream())
                        .filter(this::performs)
                        .forEach(known::add);
            } else if (below instanceof Expression.AwaitExpression waiting
                    && waiting.argument() instanceof CallExpression call) {
                awaited.add(call.callee());
            }
            return !(below instanceof FunctionNode);
        });
        known.addAll(awaited);
        return known.stream().findFirst();
    }

    /** The words of a try: the first effect in its text or call that can perform one; else the first call. */
    String trying(SourceSpan span) {
        Node node = nodes.get(span);
        Node tried = node instanceof Statement.TryStatement attempt ? attempt.block() : node;
        List<String> telling = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        if (tried != null) {
            tried.walk(below -> {
                if (below instanceof CallExpression call) {
                    calls.add(script.text(call.callee()));
                }
                telling(below).ifPresent(telling::add);
                return true;
            });
        }
        telling.addAll(calls);
        return telling.isEmpty() ? TRY : TRY + " " + telling.get(0);
    }

    private Optional<String> telling(Node node) {
        if (node instanceof CallExpression call) {
            return source.effects()
                    .of(call)
                    .map(effect -> effect.name().replace(".*", ""))
                    .or(() -> Optional.of(call.callee()).filter(this::performs).map(script::text));
        }
        return node instanceof Expression.AwaitExpression waiting && waiting.argument() instanceof CallExpression call
                ? Optional.of(script.text(call.callee()))
                        .filter(text -> PATH.matcher(text).matches())
                        .filter(text -> source.effects().of(call).isEmpty())
                : Optional.empty();
    }

    private boolean performs(Expression function) {
        return !(function instanceof FunctionNode)
                && source.effects().functionOf(function).isPresent()
                && !source.effects().performedByCalling(function).isEmpty();
    }

    private Deed call(Expression callee, Piece piece, int order, Optional<Place> place) {
        String name = sentences.calling(callee);
        String effect = dominant(piece.effects()).sentence();
        boolean speaks = name.contains(" ");
        String title = speaks ? name : performs(callee) ? name + ": " + Words.lower(effect) : effect;
        return new Deed(
                order,
                place,
                "call " + script.text(callee),
                title,
                speaks ? piece.effects().size() : 1);
    }

    /** The first effect that writes, else the first. */
    private static EffectUse dominant(List<EffectUse> effects) {
        List<EffectUse> visible = effects.stream()
                .filter(effect -> effect.kind() != StepKind.PROCESS)
                .toList();
        return visible.stream()
                .filter(effect -> effect.kind() == StepKind.WRITE)
                .findFirst()
                .orElse(visible.get(0));
    }

    private String meaning(Piece piece) {
        if (piece.isFailing()) {
            return failure(sentence(piece));
        }
        String name = piece.sets().isEmpty() ? "" : piece.sets().get(0);
        if (piece.isCatching() && !name.isEmpty()) {
            return "catch " + name;
        }
        if (!name.isEmpty()) {
            return "process " + name;
        }
        if (piece.span() == null) {
            return piece.purpose().meaning();
        }
        return piece.text().startsWith("return ")
                ? result(script.text(piece.span()))
                : meaning(script.text(piece.span()));
    }

    /** The words of a statement that sets nothing. */
    String meaning(Node node) {
        return node instanceof Statement.ThrowStatement ? failure(sentences.of(node)) : meaning(script.text(node));
    }

    private static String meaning(String text) {
        return RETURN.matcher(text).lookingAt() ? result(text) : "process " + text;
    }

    private static String result(String text) {
        return "result " + RETURN.matcher(text).replaceFirst("");
    }

    private static String failure(String sentence) {
        return sentence.replaceFirst("^Fail", "fail");
    }

    private String sentence(Piece piece) {
        Node node = node(piece);
        if (node != null && !piece.isCatching()) {
            return sentences.of(node);
        }
        if (piece.span() == null && !piece.sets().isEmpty()) {
            return "Prepare " + Words.list(piece.sets());
        }
        return piece.span() == null || piece.isCatching()
                ? piece.purpose().sentence()
                : "Run " + script.text(piece.span());
    }
}
