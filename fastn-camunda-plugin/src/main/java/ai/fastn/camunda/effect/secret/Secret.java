package ai.fastn.camunda.effect.secret;

/** A secret in clear, only in memory. */
public record Secret(String name, long version, String value) {

    @Override
    public String toString() {
        return "secret " + name + " version " + version;
    }
}
