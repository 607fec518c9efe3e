package ai.fastn.camunda.effect.db;

/** The login role of a tenant, whose schema has the same name. */
record TenantRole(String name, String password) {

    @Override
    public String toString() {
        return "role " + name;
    }
}
