package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole module. */
public record Program(SourceSpan span, List<Statement> body) implements Node {

    public Program {
        body = List.copyOf(body);
    }

    @Override
    public List<Node> children() {
        return List.copyOf(body);
    }

    /** What {@code export default} or {@code export { name as default }} names: a function, a class, an expression. */
    public Optional<Node> defaultExport() {
        return body.stream().map(Program::defaultOf).flatMap(Optional::stream).findFirst();
    }

    private static Optional<Node> defaultOf(Statement statement) {
        if (statement instanceof Statement.ExportDefaultDeclaration exported) {
            return Optional.of(exported.declaration());
        }
        if (statement instanceof Statement.ExportNamedDeclaration exported && exported.source() == null) {
            return exported.specifiers().stream()
                    .filter(specifier -> isDefault(specifier.exported()))
                    .<Node>map(Part.ExportSpecifier::local)
                    .findFirst();
        }
        return Optional.empty();
    }

    private static boolean isDefault(Expression name) {
        return (name instanceof Identifier word && word.name().equals("default"))
                || (name instanceof Expression.Literal text && text.value().equals("default"));
    }

    /** The function, the class or the first value that a name at the top of the module stands for. */
    public Optional<Node> valueOf(String name) {
        return body.stream()
                .map(Program::declarationOf)
                .flatMap(declaration -> valueIn(declaration, name))
                .findFirst();
    }

    private static @Nullable Node declarationOf(Statement statement) {
        if (statement instanceof Statement.ExportNamedDeclaration exported) {
            return exported.declaration();
        }
        return statement instanceof Statement.ExportDefaultDeclaration exported ? exported.declaration() : statement;
    }

    private static Stream<Node> valueIn(@Nullable Node declaration, String name) {
        if (declaration instanceof FunctionNode function) {
            return function.id() != null && function.id().name().equals(name) ? Stream.of(function) : Stream.of();
        }
        if (declaration instanceof ClassNode type) {
            return type.id() != null && type.id().name().equals(name) ? Stream.of(type) : Stream.of();
        }
        if (declaration instanceof Statement.VariableDeclaration variables) {
            return variables.declarations().stream()
                    .filter(variable ->
                            variable.id() instanceof Identifier id && id.name().equals(name))
                    .<Node>map(Part.VariableDeclarator::init)
                    .filter(init -> init != null);
        }
        return Stream.of();
    }
}
