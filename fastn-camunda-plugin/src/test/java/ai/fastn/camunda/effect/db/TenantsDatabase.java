package ai.fastn.camunda.effect.db;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;

import ai.fastn.camunda.effect.EffectCalls;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A tenants' database for tests, and short ways to use it. */
final class TenantsDatabase implements AutoCloseable {

    static final DbLimits LIMITS =
            new DbLimits(100, 100_000, Duration.ofSeconds(10), 3, 20, Duration.ofMinutes(10), 1_000, Long.MAX_VALUE);

    final DataSource administrator;
    final Sealing sealing;
    final TenantDatabase database;
    final DbQueries queries;

    TenantsDatabase() {
        this(EffectDatabases.fresh("tenants"));
    }

    TenantsDatabase(DataSource administrator) {
        this(administrator, LIMITS);
    }

    TenantsDatabase(DataSource administrator, DbLimits limits) {
        this.administrator = administrator;
        this.sealing = new Sealing(EffectDatabases.plugin(), MasterKey.random());
        this.database = new TenantDatabase(administrator, sealing, limits);
        this.queries = new DbQueries(database, sealing);
    }

    EffectOutcome perform(EffectScope scope, String sql, String parameters) {
        return queries.perform(request(sql, parameters), scope, NO_RECORD);
    }

    /** In a run of its own. */
    JsonNode query(TenantId tenant, String sql) {
        return query(tenant, sql, "[]");
    }

    JsonNode query(TenantId tenant, String sql, String parameters) {
        return succeeded(perform(EffectCalls.scope(tenant), sql, parameters));
    }

    EffectOutcome.Failed failure(TenantId tenant, String sql, String parameters) {
        return failed(perform(EffectCalls.scope(tenant), sql, parameters));
    }

    int count(TenantId tenant, String table) {
        return query(tenant, "SELECT count(*)::int FROM " + table)
                .path("rows")
                .path(0)
                .path(0)
                .asInt();
    }

    /** Of the administrator. */
    List<String> texts(String sql) {
        return JdbcClient.create(administrator).sql(sql).query(String.class).list();
    }

    static EffectRequest request(String sql, String parameters) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        arguments.put("sql", sql).set("params", EffectCalls.json(parameters.replace('\'', '"')));
        return new EffectRequest("db.query", arguments.toString());
    }

    @Override
    public void close() {
        queries.close();
        database.close();
    }
}
