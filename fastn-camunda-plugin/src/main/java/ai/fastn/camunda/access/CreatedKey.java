package ai.fastn.camunda.access;

/** A new access key, the only time its text is seen. */
public record CreatedKey(String id, String key) {

    @Override
    public String toString() {
        return "access key " + id;
    }
}
