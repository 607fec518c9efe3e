package ai.fastn.camunda.bench.generate;

/** What a variable or expression holds as a rule; wrong values come up, as they do in life. */
enum Type {
    NUMBER("n"),
    TEXT("t"),
    FLAG("f"),
    /** An array of numbers. */
    LIST("l"),
    /** An object with {@code a}, a number, and {@code b}, a text. */
    OBJECT("o"),
    /** A promise of a number. */
    PROMISE("q"),
    /** A function without parameters that gives a number. */
    CLOSURE("c"),
    /** A caught value. */
    ERROR("e");

    private final String letter;

    Type(String letter) {
        this.letter = letter;
    }

    /** How names of such variables begin. */
    String letter() {
        return letter;
    }
}
