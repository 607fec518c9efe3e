package ai.fastn.camunda.workflow;

/** Names a tenant: whose data, secrets and connections a run sees. The default tenant has no Camunda tenant id. */
public record TenantId(String value) {

    public static final TenantId DEFAULT = new TenantId("default");

    public boolean isDefault() {
        return equals(DEFAULT);
    }

    @Override
    public String toString() {
        return value;
    }
}
