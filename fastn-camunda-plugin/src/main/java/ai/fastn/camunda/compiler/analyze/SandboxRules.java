package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds uses of what other places that run JavaScript have and the sandbox has not. */
public final class SandboxRules {

    private static final Set<String> CODE_FROM_TEXT = Set.of("eval", "Function");

    private static final String NO_FILES = "keep data with fastn.state or fastn.db: a workflow has no files.";
    private static final String NO_PAGE = "read what you need from ctx: a workflow has no page.";

    private static final String ONE_THREAD = "use ArrayBuffer and plain reads and writes: a workflow has one thread.";

    /** What is missing, and what to write instead. */
    private static final Map<String, String> MISSING = Map.ofEntries(
            Map.entry("require", "call a connector (fastn.connector), or copy what you need into this file."),
            Map.entry("module", "export default async function main(ctx) { ... }"),
            Map.entry("exports", "export default async function main(ctx) { ... }"),
            Map.entry("process", "read secrets with fastn.secrets.get(name)."),
            Map.entry("Buffer", "use Uint8Array, TextEncoder, btoa and atob."),
            Map.entry("global", "write globalThis."),
            Map.entry("__dirname", NO_FILES),
            Map.entry("__filename", NO_FILES),
            Map.entry("window", NO_PAGE),
            Map.entry("document", NO_PAGE),
            Map.entry("localStorage", "use fastn.state."),
            Map.entry("sessionStorage", "use fastn.state."),
            Map.entry("SharedArrayBuffer", ONE_THREAD),
            Map.entry("Atomics", ONE_THREAD),
            Map.entry("XMLHttpRequest", "call a connector (fastn.connector), or fetch."));

    private final Script script;
    private final Scopes scopes;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private SandboxRules(Script script, Scopes scopes) {
        this.script = script;
        this.scopes = scopes;
    }

    /** What is used and missing, in the order of the text. */
    public static List<Diagnostic> check(Script script, Scopes scopes) {
        SandboxRules rules = new SandboxRules(script, scopes);
        script.program().walk(rules::checkCall);
        rules.checkGlobals();
        rules.diagnostics.sort(
                Comparator.comparingInt(diagnostic -> diagnostic.span().start()));
        return List.copyOf(rules.diagnostics);
    }

    private boolean checkCall(Node node) {
        if (node instanceof Expression.CallExpression call) {
            checkCallee(call.callee());
        } else if (node instanceof Expression.NewExpression call) {
            checkCallee(call.callee());
        }
        return true;
    }

    private void checkCallee(Expression callee) {
        if (callee instanceof Identifier name
                && CODE_FROM_TEXT.contains(name.name())
                && scopes.variableOf(name).isEmpty()) {
            diagnostics.add(Diagnostic.of(DiagnosticKind.CODE_FROM_TEXT, script.inSource(name.span()), name.name()));
        }
    }

    /** The first use of each; a program that asks with typeof knows that a thing may be missing. */
    private void checkGlobals() {
        Set<String> done = askedFor();
        for (Identifier name : scopes.globalReferences()) {
            String advice = MISSING.get(name.name());
            if (advice != null && done.add(name.name())) {
                diagnostics.add(Diagnostic.of(
                        DiagnosticKind.NOT_IN_SANDBOX, script.inSource(name.span()), name.name(), advice));
            }
        }
    }

    private Set<String> askedFor() {
        Set<String> names = new HashSet<>();
        script.program().walk(node -> {
            if (node instanceof Expression.UnaryExpression unary
                    && unary.operator().equals("typeof")
                    && unary.argument() instanceof Identifier name) {
                names.add(name.name());
            }
            return true;
        });
        return names;
    }
}
