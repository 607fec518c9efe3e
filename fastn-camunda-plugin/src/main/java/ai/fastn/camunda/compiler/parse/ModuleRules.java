package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticKind;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a module must be to be a workflow: one file whose default export is a function. */
final class ModuleRules {

    private final Script script;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private ModuleRules(Script script) {
        this.script = script;
    }

    static List<Diagnostic> check(Script script) {
        ModuleRules rules = new ModuleRules(script);
        script.program().walk(rules::checkNode);
        if (script.program().body().stream().noneMatch(ModuleRules::exportsOthers)) {
            rules.checkDefaultExport();
        }
        rules.diagnostics.sort(
                Comparator.comparingInt(diagnostic -> diagnostic.span().start()));
        return rules.diagnostics;
    }

    /** The default export may come from elsewhere; that it can not is said already. */
    private static boolean exportsOthers(Statement statement) {
        return statement instanceof Statement.ExportAllDeclaration
                || (statement instanceof Statement.ExportNamedDeclaration named && named.source() != null);
    }

    private boolean checkNode(Node node) {
        if (node instanceof Statement.ImportDeclaration declaration) {
            refuse(
                    DiagnosticKind.IMPORT,
                    declaration.source(),
                    declaration.source().value());
        } else if (node instanceof Statement.ExportAllDeclaration declaration) {
            refuse(
                    DiagnosticKind.IMPORT,
                    declaration.source(),
                    declaration.source().value());
        } else if (node instanceof Statement.ExportNamedDeclaration declaration && declaration.source() != null) {
            refuse(
                    DiagnosticKind.IMPORT,
                    declaration.source(),
                    declaration.source().value());
        } else if (node instanceof Expression.ImportExpression) {
            refuse(DiagnosticKind.DYNAMIC_IMPORT, node);
        } else if (node instanceof Expression.MetaProperty property
                && property.meta().name().equals("import")) {
            refuse(DiagnosticKind.IMPORT_META, node);
        }
        return true;
    }

    private void refuse(DiagnosticKind kind, Node node, Object... arguments) {
        diagnostics.add(Diagnostic.of(kind, script.inSource(node.span()), arguments));
    }

    private void checkDefaultExport() {
        Optional<Node> exported = script.program().defaultExport();
        if (exported.isEmpty()) {
            int end = script.source().text().length();
            diagnostics.add(Diagnostic.of(DiagnosticKind.DEFAULT_EXPORT_MISSING, new SourceSpan(end, end)));
            return;
        }
        String what = notFunction(exported.get());
        if (!what.isEmpty()) {
            SourceSpan span = exported.get().span();
            SourceSpan first = new SourceSpan(span.start(), Math.min(span.end(), span.start() + 60));
            diagnostics.add(Diagnostic.of(DiagnosticKind.DEFAULT_EXPORT_NOT_FUNCTION, script.inSource(first), what));
        }
    }

    /** What the default export is when it is no function; else empty. The parser writes calls and the like as one. */
    private String notFunction(Node exported) {
        if (exported instanceof FunctionNode) {
            return "";
        }
        if (exported instanceof ClassNode) {
            return "a class";
        }
        if (exported instanceof Expression.ObjectExpression) {
            return "an object";
        }
        if (exported instanceof Identifier name) {
            return script.program()
                    .valueOf(name.name())
                    .map(this::notFunction)
                    .orElse("\"" + name.name() + "\", which is not set to a function where it is declared");
        }
        return "a value";
    }
}
