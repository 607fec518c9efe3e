package ai.fastn.camunda.bench;

import ai.fastn.camunda.diagnostic.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One workflow of a foreign corpus.
 *
 * @param name its path in the corpus
 * @param inputJson {@code ctx.input}
 * @param repliesJson answers of connectors other than {@code probe}, by effect name, each a list
 */
record CorpusFile(String name, SourceText source, String inputJson, String repliesJson) {

    private static final List<String> KINDS = List.of(".js", ".mjs", ".ts");

    /** The names of all workflows in a folder and its folders, in order. */
    static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> Files.isRegularFile(path)
                            && KINDS.stream().anyMatch(kind -> path.toString().endsWith(kind)))
                    .sorted()
                    .map(path -> folder.relativize(path).toString())
                    .toList();
        }
    }

    /**
     * Reads a workflow, and beside {@code deal.js} its input from {@code deal.input.json} and the replies from
     * {@code deal.replies.json}: null and none where there is no such file.
     */
    static CorpusFile read(Path folder, String name) throws IOException {
        Path path = folder.resolve(name);
        String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        return new CorpusFile(
                name,
                new SourceText(String.valueOf(path.getFileName()), text),
                beside(path, ".input.json", "null"),
                beside(path, ".replies.json", "{}"));
    }

    private static String beside(Path path, String suffix, String otherwise) throws IOException {
        String own = String.valueOf(path.getFileName());
        Path file = path.resolveSibling(own.substring(0, own.lastIndexOf('.')) + suffix);
        return Files.exists(file) ? Files.readString(file) : otherwise;
    }
}
