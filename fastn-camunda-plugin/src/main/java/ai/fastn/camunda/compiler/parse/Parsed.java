package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.Diagnostic;
import java.util.List;

/** What parsing gives: a script, or the mistakes of the text. */
public sealed interface Parsed {

    /** The text is a module that JavaScript can run. */
    record Accepted(Script script) implements Parsed {}

    /** The text has mistakes, in the order of the text; at least one. */
    record Rejected(List<Diagnostic> diagnostics) implements Parsed {

        public Rejected {
            diagnostics = List.copyOf(diagnostics);
        }
    }
}
