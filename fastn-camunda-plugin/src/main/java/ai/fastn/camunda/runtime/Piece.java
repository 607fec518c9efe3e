package ai.fastn.camunda.runtime;

import ai.fastn.camunda.runtime.Passed.Kind;

/** A piece of code about to run. */
record Piece(Kind kind, String elementId, int attempt, Realm.Use use) {

    static Piece of(Passed passed, Program program) {
        return new Piece(
                passed.kind(),
                passed.elementId(),
                passed.attempt(),
                switch (passed.kind()) {
                    case STEP -> program.script(passed.elementId()).returns() ? Realm.Use.RESULT : Realm.Use.NOTHING;
                    case CONDITION -> Realm.Use.CONDITION;
                    case WAIT -> Realm.Use.WAIT;
                });
    }
}
