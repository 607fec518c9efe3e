package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.workflow.Tier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Phase slice: cuts the workflow function at its effects. */
public final class Slicer {

    /** The steps of a workflow; in a run that somebody waits for, a sleep stays inside its step. */
    public StepGraph slice(AnalyzedScript source, Tier tier) {
        Parents parents = new Parents(source.script().program());
        Optional<String> reason = OneStep.reason(source, parents);
        boolean whole = reason.isPresent();
        Plan plan = new Plan(source, parents, whole);
        Captures captures = plan.settle();
        Naming naming = new Naming(source.script().program(), source.scopes());
        naming.internal("$ctx");
        naming.internal("$ret");
        naming.internal("$thrown");
        Lifting lifting = new Lifting(source, plan, captures, naming, !tier.isSynchronous());
        String parameter = parameter(source.main(), lifting, whole);
        lifting.around.push(new Enclosing.Function());
        lifting.statements.block(
                source.script().program(), source.script().program().body());
        if (reason.isPresent()) {
            callWhole(source.main(), lifting, reason.get());
        } else {
            main(source.main(), lifting, parameter);
        }
        lifting.around.pop();
        String prelude = new Prelude(lifting, parameter).text();
        return new GraphFinisher(source).finish(prelude, lifting.graph);
    }

    private static String parameter(FunctionNode main, Lifting lifting, boolean whole) {
        boolean simple = !whole && main.params().size() == 1 && main.params().get(0) instanceof Identifier;
        return simple ? lifting.text(main.params().get(0)) : "$ctx";
    }

    private static void main(FunctionNode main, Lifting lifting, String parameter) {
        lifting.source.scopes().declaredIn(main).stream()
                .filter(variable -> variable.kind() == Variable.Kind.ARGUMENTS
                        && !variable.references().isEmpty())
                .forEach(variable -> lifting.graph.code(Piece.internal(
                        lifting.renderer.variable(variable) + " = [" + parameter + "];",
                        Purpose.take(variable.name()))));
        List<Pattern> params = main.params();
        boolean simple = params.size() == 1 && params.get(0) instanceof Identifier;
        if (!params.isEmpty() && !simple) {
            String targets = params.stream().map(lifting::text).collect(Collectors.joining(", "));
            lifting.graph.code(Piece.internal("([" + targets + "] = [$ctx]);", Purpose.take(params)));
        }
        Node body = main.body();
        if (body instanceof Statement.BlockStatement block) {
            lifting.statements.block(main, block.body());
        } else if (body instanceof Expression expression) {
            lifting.statements.result(new Statement.ReturnStatement(expression.span(), expression));
        }
        if (lifting.graph.isReachable()) {
            if (lifting.hasFinally) {
                lifting.graph.note(Piece.note("$ret = undefined;"));
            }
            lifting.jumps.take(lifting.jumps.returning(), "");
        }
    }

    private static void callWhole(FunctionNode main, Lifting lifting, String reason) {
        Identifier id = main.id();
        boolean declared = main instanceof Statement.FunctionDeclaration && id != null;
        if (declared && lifting.hoisted.stream().noneMatch(function -> function == main)) {
            lifting.hoisted.add((Statement.FunctionDeclaration) main);
        }
        String function = declared && id != null ? lifting.text(id) : "(" + lifting.text(main) + ")";
        String code = "return await " + function + "($ctx);";
        List<EffectUse> effects = lifting.source.effects().performedBy(main.body(), node -> false);
        lifting.graph.returning(new Piece(code, main.span(), effects, List.of(), reason, false));
        lifting.graph.step(new Action.Done(""), null);
    }
}
