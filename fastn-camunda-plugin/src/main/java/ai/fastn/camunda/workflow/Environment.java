package ai.fastn.camunda.workflow;

/** Where a version is deployed to; secrets and state differ by environment. */
public record Environment(String name) {

    public static final Environment PRODUCTION = new Environment("production");

    @Override
    public String toString() {
        return name;
    }
}
