package ai.fastn.camunda.runtime;

import ai.fastn.camunda.runtime.Passed.Kind;

/**
 * A piece of code about to run.
 *
 * @param last whether the workflow ends when it ends
 */
record Piece(Kind kind, String elementId, int attempt, Realm.Use use, boolean last) {

    /** A step. */
    static Piece step(String elementId, int attempt, boolean last, Program program) {
        return new Piece(Kind.STEP, elementId, attempt, useOf(elementId, program), last);
    }

    private static Realm.Use useOf(String elementId, Program program) {
        return program.script(elementId).returns() ? Realm.Use.RESULT : Realm.Use.NOTHING;
    }

    static Piece of(Passed passed, Program program) {
        return new Piece(
                passed.kind(),
                passed.elementId(),
                passed.attempt(),
                switch (passed.kind()) {
                    case STEP -> useOf(passed.elementId(), program);
                    case CONDITION -> Realm.Use.CONDITION;
                    case WAIT -> Realm.Use.WAIT;
                },
                false);
    }
}
