package ai.fastn.camunda.compiler;

import ai.fastn.camunda.diagnostic.Diagnostic;
import java.util.List;

/** What compiling gives: a process, or the mistakes of the source. */
public sealed interface Compilation {

    /**
     * A deployable process.
     *
     * @param bpmn the BPMN XML with diagram
     * @param steps the step graph as text, one line a step
     */
    record Compiled(String bpmn, String steps) implements Compilation {}

    /** The source has mistakes, in the order of the text; at least one. */
    record Rejected(List<Diagnostic> diagnostics) implements Compilation {

        public Rejected {
            diagnostics = List.copyOf(diagnostics);
        }
    }
}
