package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;

/** What parsing gives: a script, or the mistakes of the text. */
public sealed interface Parsed {

    /** The text is a module that JavaScript can run. */
    record Accepted(Script script) implements Parsed {}

    /**
     * The text has mistakes, in the order of the text; at least one.
     *
     * @param script what could be read all the same, so that the next phase can look for more
     */
    record Rejected(List<Diagnostic> diagnostics, Optional<Script> script) implements Parsed {

        public Rejected {
            diagnostics = List.copyOf(diagnostics);
        }
    }
}
