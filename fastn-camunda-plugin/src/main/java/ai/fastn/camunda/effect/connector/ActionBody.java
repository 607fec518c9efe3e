package ai.fastn.camunda.effect.connector;

import java.util.List;

/** What of the input is sent as body. */
sealed interface ActionBody {

    /** Nothing. */
    record None() implements ActionBody {}

    /** All members that path, query and headers do not use. */
    record Rest() implements ActionBody {}

    /** These members, where the input has them. */
    record Members(List<String> names) implements ActionBody {}

    /** The value of one member. */
    record Member(String name) implements ActionBody {}
}
