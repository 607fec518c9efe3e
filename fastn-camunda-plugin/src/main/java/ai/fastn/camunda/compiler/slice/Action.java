package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.workflow.StepKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What happens at a step. */
public sealed interface Action {

    /**
     * Statements in the author's words.
     *
     * @param kind PROCESS, READ or WRITE
     * @param text the statements
     * @param original what the author wrote for them
     * @param effects what they call
     * @param returns whether they give back the result of the workflow
     * @param sets names the statements give a value to, as the author wrote them
     * @param deeds what each of them does
     * @param main the one that the step is called after
     * @param comment first sentence of the comment above them
     * @param fused why it is one step although it performs several effects or an unknown number of them
     */
    record Code(
            StepKind kind,
            String text,
            String original,
            List<EffectUse> effects,
            boolean returns,
            List<String> sets,
            List<Deed> deeds,
            Optional<Deed> main,
            Optional<String> comment,
            Optional<String> fused)
            implements Action {

        public Code {
            effects = List.copyOf(effects);
            sets = List.copyOf(sets);
            deeds = List.copyOf(deeds);
        }
    }

    /**
     * A question; each branch but the last carries its condition.
     *
     * @param ended the region whose ways out it parts, if it is about one
     */
    record Decision(String question, OptionalInt ended) implements Action {

        Decision(String question) {
            this(question, OptionalInt.empty());
        }

        static Decision ofEnds(int region) {
            return new Decision("How did it end?", OptionalInt.of(region));
        }
    }

    /** Waits; the expression gives milliseconds or a date. */
    record Sleep(String expression) implements Action {}

    /**
     * A lifted {@code try}: runs a region; first branch after it, second where a thrown value is caught.
     *
     * @param meaning the words that its id is made of
     */
    record Attempt(int region, String meaning) implements Action {}

    /** The end of the workflow; {@code outcome} tells which, empty at the plain end. */
    record Done(String outcome) implements Action {}

    /** The end of a way that has thrown. */
    record Fail() implements Action {}

    /** The end of a way through a region. */
    record Leave(String name) implements Action {}

    /** Nothing; ways meet here. Simplifying removes it. */
    record Join() implements Action {}
}
