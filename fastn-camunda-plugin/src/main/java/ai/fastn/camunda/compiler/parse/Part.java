package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a statement or an expression that is neither. */
public sealed interface Part extends Node {

    /** One variable or pattern of a declaration. */
    record VariableDeclarator(
            SourceSpan span, Pattern id, @Nullable Expression init) implements Part {
        @Override
        public List<Node> children() {
            return Children.of(id, init);
        }
    }

    /** {@code case test:}, or {@code default:} when {@code test} is null. */
    record SwitchCase(SourceSpan span, @Nullable Expression test, List<Statement> consequent) implements Part {
        public SwitchCase {
            consequent = List.copyOf(consequent);
        }

        @Override
        public List<Node> children() {
            return Children.of(test, consequent);
        }
    }

    /** {@code catch (param)}. */
    record CatchClause(SourceSpan span, @Nullable Pattern param, Statement.BlockStatement body) implements Part {
        @Override
        public List<Node> children() {
            return Children.of(param, body);
        }
    }

    /** A text part of a template; {@code cooked} is null when a tagged template holds an escape that means nothing. */
    record TemplateElement(SourceSpan span, @Nullable String cooked, String raw, boolean tail) implements Part {}

    /** A member of an object literal. */
    record Property(
            SourceSpan span,
            Expression key,
            Expression value,
            PropertyKind kind,
            boolean method,
            boolean shorthand,
            boolean computed)
            implements Part {
        @Override
        public List<Node> children() {
            return Children.of(key, value);
        }
    }

    /** A member of an object pattern. */
    record AssignmentProperty(SourceSpan span, Expression key, Pattern value, boolean shorthand, boolean computed)
            implements Part {
        @Override
        public List<Node> children() {
            return Children.of(key, value);
        }
    }

    /** The members of a class: {@link MethodDefinition}, {@link PropertyDefinition}, {@link StaticBlock}. */
    record ClassBody(SourceSpan span, List<Part> body) implements Part {
        public ClassBody {
            body = List.copyOf(body);
        }

        @Override
        public List<Node> children() {
            return Children.of(body);
        }
    }

    /** A method, an accessor or the constructor of a class. */
    record MethodDefinition(
            SourceSpan span,
            Expression key,
            Expression.FunctionExpression value,
            MethodKind kind,
            boolean computed,
            boolean isStatic)
            implements Part {
        @Override
        public List<Node> children() {
            return Children.of(key, value);
        }
    }

    /** A field of a class. */
    record PropertyDefinition(
            SourceSpan span, Expression key, @Nullable Expression value, boolean computed, boolean isStatic)
            implements Part {
        @Override
        public List<Node> children() {
            return Children.of(key, value);
        }
    }

    /** {@code static { ... }} of a class. */
    record StaticBlock(SourceSpan span, List<Statement> body) implements Part {
        public StaticBlock {
            body = List.copyOf(body);
        }

        @Override
        public List<Node> children() {
            return Children.of(body);
        }
    }

    /** {@code imported as local}; {@code imported} is an {@link Expression.Identifier} or a string literal. */
    record ImportSpecifier(SourceSpan span, Expression imported, Expression.Identifier local) implements Part {
        @Override
        public List<Node> children() {
            return Children.of(imported, local);
        }
    }

    /** The default import. */
    record ImportDefaultSpecifier(SourceSpan span, Expression.Identifier local) implements Part {
        @Override
        public List<Node> children() {
            return Children.of(local);
        }
    }

    /** {@code * as local}. */
    record ImportNamespaceSpecifier(SourceSpan span, Expression.Identifier local) implements Part {
        @Override
        public List<Node> children() {
            return Children.of(local);
        }
    }

    /** {@code local as exported}; both are an {@link Expression.Identifier} or a string literal. */
    record ExportSpecifier(SourceSpan span, Expression local, Expression exported) implements Part {
        @Override
        public List<Node> children() {
            return Children.of(local, exported);
        }
    }

    /** How a member of an object literal is written. */
    enum PropertyKind {
        INIT,
        GET,
        SET
    }

    /** What a method of a class is. */
    enum MethodKind {
        CONSTRUCTOR,
        METHOD,
        GET,
        SET
    }
}
