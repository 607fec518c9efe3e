package ai.fastn.camunda.effect.connector;

/** Where the value of a query parameter or header comes from. */
sealed interface Template {

    /** A member of the action's input; left out when the input does not have it. */
    record Member(String name, ValueStyle style) implements Template {}

    /** The same in every call. */
    record Constant(String text) implements Template {}

    /** {@code {name}} is a member of the input, anything else a constant. */
    static Template of(String text) {
        return text.startsWith("{") && text.endsWith("}")
                ? new Member(text.substring(1, text.length() - 1), ValueStyle.PLAIN)
                : new Constant(text);
    }
}
