package ai.fastn.camunda.compiler.bench;

/**
 * Everything that can be seen of a run.
 *
 * @param outcome the value it gave back or the error that left it, written with types and identity
 * @param effects one line for each call that left it
 * @param console its console lines
 */
public record Observed(String outcome, String effects, String console) {

    @Override
    public String toString() {
        return outcome + "\n--- effects\n" + effects + "\n--- console\n" + console;
    }
}
