package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.diagnostic.SourceText;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads JavaScript and TypeScript: one for the whole application, safe for all threads.
 *
 * <p>A file that is not TypeScript is read without types first. GraalJS, which will run the code, reads the result a
 * second time and has the last word.
 */
public final class ScriptParser implements AutoCloseable {

    /** Levels of a syntax tree; later phases recurse over it. */
    static final int MAX_DEPTH = 1_000;

    private static final int CACHED_CHARACTERS = 1_000_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private final ParserContext context = new ParserContext();
    private final ScriptCache cache = new ScriptCache(CACHED_CHARACTERS);

    /** The syntax tree of a source, or its mistakes. */
    public Parsed parse(SourceText source) {
        Optional<Parsed> known = cache.find(source);
        if (known.isPresent()) {
            return known.get();
        }
        List<Diagnostic> unreadable = TextRules.check(source, MAX_DEPTH);
        Parsed parsed = unreadable.isEmpty()
                ? context.onThread(() -> read(source))
                : new Parsed.Rejected(unreadable, Optional.empty());
        cache.keep(source, parsed);
        return parsed;
    }

    /** Makes the parser ready, so that the first source does not wait for it. */
    public void warm() {
        parse(new SourceText("warm.ts", "export default async function main(ctx: unknown) { return await ctx }"));
    }

    private Parsed read(SourceText source) throws JsonProcessingException {
        Optional<String> json = context.call("$parse", source.text(), source.isTypeScript());
        if (json.isEmpty()) {
            return tooDeep(new SourceSpan(0, 1));
        }
        JsonNode answer = JSON.readTree(json.get());
        return answer.has("errors") ? rejected(source, answer.get("errors")) : accepted(source, answer);
    }

    private static Parsed rejected(SourceText source, JsonNode errors) {
        List<Diagnostic> unreadable = TextRules.characters(source.text());
        if (!unreadable.isEmpty()) {
            return new Parsed.Rejected(unreadable, Optional.empty());
        }
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (JsonNode error : errors) {
            JsonFields fields = new JsonFields(error);
            int start = Math.min(error.path("start").asInt(), source.text().length());
            SourceSpan span =
                    new SourceSpan(start, Math.max(start, error.path("end").asInt()));
            diagnostics.add(new SyntaxMistake(
                            fields.text("reason"),
                            fields.text("message"),
                            fields.textOrNull("instead"),
                            fields.textOrNull("expected"),
                            span)
                    .in(source));
        }
        diagnostics.sort(Comparator.comparingInt(diagnostic -> diagnostic.span().start()));
        return new Parsed.Rejected(diagnostics, Optional.empty());
    }

    private Parsed accepted(SourceText source, JsonNode answer) {
        Script script = Script.of(source, answer);
        Optional<Node> deep = TextRules.deeperThan(script.program(), MAX_DEPTH);
        if (deep.isPresent()) {
            int at = deep.get().span().start();
            return tooDeep(script.inSource(new SourceSpan(at, at + 1)));
        }
        List<Diagnostic> diagnostics = new ArrayList<>(ModuleRules.check(script));
        EngineVerdict.of(context, script).ifPresent(diagnostics::add);
        return diagnostics.isEmpty()
                ? new Parsed.Accepted(script)
                : new Parsed.Rejected(diagnostics, Optional.of(script));
    }

    private static Parsed tooDeep(SourceSpan place) {
        return new Parsed.Rejected(List.of(TextRules.tooDeep(place, MAX_DEPTH)), Optional.empty());
    }

    @Override
    public void close() {
        context.close();
    }
}
