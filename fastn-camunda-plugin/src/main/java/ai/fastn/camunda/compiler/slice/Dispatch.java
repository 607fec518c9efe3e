package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import java.util.List;
import java.util.function.Predicate;

/**
 * A call whose function is only known when it is made, and the functions that it may be.
 *
 * @param question what decides which of them it is
 * @param others those that are called and not laid down
 */
record Dispatch(String question, List<Candidate> candidates, List<Candidate> others) {

    Dispatch {
        candidates = List.copyOf(candidates);
        others = List.copyOf(others);
    }

    /** Lays down those functions that can be. */
    Dispatch laying(Predicate<Candidate> canBe) {
        return new Dispatch(
                question,
                candidates.stream().filter(canBe).toList(),
                candidates.stream().filter(canBe.negate()).toList());
    }

    /**
     * A function that a call may run.
     *
     * @param holder the variable through which it is reached
     * @param member how it is read from the variable: {@code .invoice}; empty where the variable is the function
     * @param label what an author calls it
     */
    record Candidate(FunctionNode function, Variable holder, String member, String label) {}
}
