package ai.fastn.camunda.compiler.analyze;

/** Counts how a variable is used. */
final class Uses {

    private Uses() {}

    static int reads(Variable variable) {
        return variable.references().size();
    }
}
