package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.SourceText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was parsed lately, up to a sum of characters. */
final class ScriptCache {

    private final int limit;
    private final Map<SourceText, Parsed> entries = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

    ScriptCache(int limit) {
        this.limit = limit;
    }

    synchronized Optional<Parsed> find(SourceText source) {
        return Optional.ofNullable(entries.get(source));
    }

    synchronized void keep(SourceText source, Parsed parsed) {
        int length = source.text().length();
        if (length > limit || entries.put(source, parsed) != null) {
            return;
        }
        characters += length;
        var oldest = entries.keySet().iterator();
        while (characters > limit) {
            characters -= oldest.next().text().length();
            oldest.remove();
        }
    }
}
