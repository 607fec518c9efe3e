package ai.fastn.camunda.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.graalvm.polyglot.Source;

/** The boot script and the sources of programs, the least recently used dropped first. */
final class SourceCache {

    private static final String BOOT = "/ai/fastn/camunda/js/boot.js";

    private final Source boot = readBoot();
    private final Map<Program, ProgramSource> programs;

    SourceCache(int limit) {
        programs = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Program, ProgramSource> eldest) {
                return size() > limit;
            }
        };
    }

    private static Source readBoot() {
        try (var in = SourceCache.class.getResourceAsStream(BOOT)) {
            if (in == null) {
                throw new IllegalStateException("bug: " + BOOT + " is not in the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Source.newBuilder("js", text, "fastn:boot").internal(true).buildLiteral();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Source boot() {
        return boot;
    }

    ProgramSource program(Program program) {
        synchronized (programs) {
            return programs.computeIfAbsent(program, ProgramSource::new);
        }
    }
}
