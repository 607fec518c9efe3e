package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Script;
import java.util.List;

/**
 * What code is for that the compiler adds: said where it is made, because the author wrote nothing that could say it.
 *
 * @param meaning the words that an id is made of; empty where only the place in the graph tells them
 * @param sentence what a step that does only this is called
 */
record Purpose(String meaning, String sentence) {

    /** Keeps a value or a way for later. */
    static final Purpose NOTE = new Purpose("", "Remember how it ended");

    /** Takes what was thrown. */
    static final Purpose CATCH = new Purpose("", "Remember the error");

    /** Throws again what was thrown, or throws what the author throws. */
    static final Purpose THROW = new Purpose("", "Pass the error on");

    /** Begins a loop over a list. */
    static Purpose goThrough(Expression list, Script script) {
        String noun =
                Questions.isPath(list) && !Questions.isNothing(list) ? new Questions(script).noun(list) : "the list";
        return new Purpose("loop " + noun, "Go through " + noun);
    }

    /** Gives variables of the author a value. */
    static Purpose take(List<? extends Node> targets) {
        List<String> names = targets.stream()
                .flatMap(target -> Targets.names(target).stream())
                .map(Identifier::name)
                .toList();
        return names.isEmpty() ? NOTE : new Purpose("take " + names.get(0), "Prepare " + Words.list(names));
    }

    /** Gives a variable of the author a value. */
    static Purpose take(String name) {
        return new Purpose("take " + name, "Prepare " + Words.spoken(name));
    }
}
