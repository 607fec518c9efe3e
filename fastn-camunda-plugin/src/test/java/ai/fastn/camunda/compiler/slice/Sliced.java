package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Analyzer;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.StoredScripts;
import java.util.ArrayList;
import java.util.List;

/** Programs for tests of single classes of the slicer. */
final class Sliced {

    private Sliced() {}

    /** A workflow with these statements as its body. */
    static AnalyzedScript body(String statements) {
        return program("export default async function (ctx) {\n" + statements + "\n}");
    }

    static AnalyzedScript program(String text) {
        return new Analyzer().analyze(StoredScripts.javaScript(text), Catalogs.TEST);
    }

    /** All nodes of a kind, in the order of the text. */
    static <T extends Node> List<T> all(AnalyzedScript source, Class<T> kind) {
        List<T> found = new ArrayList<>();
        source.script().program().walk(node -> {
            if (kind.isInstance(node)) {
                found.add(kind.cast(node));
            }
            return true;
        });
        return found;
    }
}
