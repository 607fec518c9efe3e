package ai.fastn.camunda.bench.generate;

/** The productions of one program, which use each other, and what has been made so far. */
final class Grammar {

    /** More calls than this make a run long without showing more. */
    private static final int MOST_EFFECTS = 60;

    final Chance chance;
    final Expressions expressions;
    final Operators operators;
    final Effects effects;
    final Promises promises;
    final Patterns patterns;
    final Functions functions;
    final Classes classes;
    final Statements statements;
    final Loops loops;
    final Exceptions exceptions;
    private int names;
    private int spent;

    Grammar(long seed) {
        chance = new Chance(seed);
        expressions = new Expressions(this);
        operators = new Operators(this);
        effects = new Effects(this);
        promises = new Promises(this);
        patterns = new Patterns(this);
        functions = new Functions(this);
        classes = new Classes(this);
        statements = new Statements(this);
        loops = new Loops(this);
        exceptions = new Exceptions(this);
    }

    /**
     * A function that any later code can call.
     *
     * @param call how it is called, up to the arguments
     * @param effects how many it makes in one call
     */
    record Helper(String call, Kind kind, int effects) {

        /** What a call gives. */
        enum Kind {
            /** A number. */
            SYNC,
            /** A promise of a number. */
            ASYNC,
            /** Numbers, one after the other. */
            GENERATOR,
            /** Numbers, one after the other, to be awaited. */
            ASYNC_GENERATOR
        }
    }

    String fresh(String prefix) {
        return prefix + ++names;
    }

    Scope.Name freshName(Type type, boolean assignable) {
        return new Scope.Name(fresh(type.letter()), type, assignable);
    }

    /** Whether so many more effects may be made at the place. */
    boolean affords(Place place, int effects) {
        return spent + effects * place.times() <= MOST_EFFECTS;
    }

    void spend(Place place, int effects) {
        spent += effects * place.times();
    }

    /** What is spent from now on is spent by a function, each time it is called. */
    int beginFunction() {
        int before = spent;
        spent = MOST_EFFECTS * 3 / 4;
        return before;
    }

    /** How many effects the function makes. */
    int endFunction(int before) {
        int made = spent - MOST_EFFECTS * 3 / 4;
        spent = before;
        return made;
    }

    Tree of(Type type, Place place) {
        return expressions.of(type, place.operand());
    }
}
