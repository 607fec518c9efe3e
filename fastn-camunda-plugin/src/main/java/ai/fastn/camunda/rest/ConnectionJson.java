package ai.fastn.camunda.rest;

import ai.fastn.camunda.effect.connector.connection.Connection;
import ai.fastn.camunda.effect.connector.connection.OAuthApp;
import ai.fastn.camunda.workflow.Environment;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON forms of connections and OAuth apps; none holds a secret. */
final class ConnectionJson {

    private ConnectionJson() {}

    static Map<String, Object> of(Connection connection) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", connection.id());
        members.put("connector", connection.connector());
        members.put("orgId", connection.managed() ? "managed" : "custom");
        members.put(
                "environment", connection.environment().map(Environment::name).orElse(null));
        members.put("label", connection.label());
        members.put("method", connection.method());
        members.put("account", connection.account().orElse(null));
        members.put("settings", connection.settings());
        members.put("scopes", connection.scopes());
        members.put("expiresAt", connection.expiresAt().orElse(null));
        members.put("status", connection.status().name());
        members.put("isDefault", connection.isDefault());
        members.put("lastVerified", connection.lastVerified().orElse(null));
        members.put("version", connection.version());
        members.put("updatedAt", connection.updatedAt());
        members.put("updatedBy", connection.updatedBy());
        return members;
    }

    static Map<String, Object> of(OAuthApp app) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("connector", app.connector());
        members.put("managed", !app.own());
        members.put("clientId", app.clientId());
        members.put("hasSecret", app.clientSecret().isPresent());
        members.put("updatedAt", app.updatedAt().orElse(null));
        members.put("updatedBy", app.updatedBy().orElse(null));
        return members;
    }
}
