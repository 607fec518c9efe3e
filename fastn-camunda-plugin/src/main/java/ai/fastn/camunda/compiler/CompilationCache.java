package ai.fastn.camunda.compiler;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** What was compiled lately, up to a sum of characters. Who asks for what is just being compiled waits for it. */
final class CompilationCache {

    private final long limit;
    private final Map<CompilationKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    CompilationCache(long limit) {
        this.limit = limit;
    }

    /** A result, or the promise of one; {@code size} is 0 before it is there. */
    private record Entry(CompletableFuture<Compilation> result, long size) {}

    Compilation get(CompilationKey key, Supplier<Compilation> compiler) {
        CompletableFuture<Compilation> own = new CompletableFuture<>();
        CompletableFuture<Compilation> result = claim(key, own);
        return result == own ? make(key, own, compiler) : await(result, compiler);
    }

    private synchronized CompletableFuture<Compilation> claim(CompilationKey key, CompletableFuture<Compilation> own) {
        return entries.computeIfAbsent(key, absent -> new Entry(own, 0)).result();
    }

    private Compilation make(CompilationKey key, CompletableFuture<Compilation> own, Supplier<Compilation> compiler) {
        try {
            Compilation made = compiler.get();
            keep(key, new Entry(own, sizeOf(made)));
            own.complete(made);
            return made;
        } catch (RuntimeException | Error e) {
            forget(key);
            own.completeExceptionally(e);
            throw e;
        }
    }

    /** What failed for another caller is tried again, so that each sees the failure as its own. */
    private static Compilation await(CompletableFuture<Compilation> result, Supplier<Compilation> compiler) {
        try {
            return result.join();
        } catch (CompletionException e) {
            return compiler.get();
        }
    }

    private synchronized void forget(CompilationKey key) {
        entries.remove(key);
    }

    private synchronized void keep(CompilationKey key, Entry entry) {
        entries.put(key, entry);
        characters += entry.size();
        Iterator<Entry> oldest = entries.values().iterator();
        while (characters > limit && oldest.hasNext()) {
            Entry dropped = oldest.next();
            if (dropped.size() > 0) {
                characters -= dropped.size();
                oldest.remove();
            }
        }
    }

    private static long sizeOf(Compilation compilation) {
        if (compilation instanceof Compilation.Compiled compiled) {
            return (long) compiled.bpmn().length() + compiled.steps().length();
        }
        return ((Compilation.Rejected) compilation)
                .diagnostics().stream()
                        .mapToLong(
                                each -> each.message().length() + each.instead().length() + 1L)
                        .sum();
    }
}
