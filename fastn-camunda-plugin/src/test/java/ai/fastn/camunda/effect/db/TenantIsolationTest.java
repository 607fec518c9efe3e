package ai.fastn.camunda.effect.db;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.workflow.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attacks of tenant a, who even knows the secret name of tenant b's schema ({@code :b}). First sent straight to the
 * database, which must hold alone; then through {@code fastn.db.query}, whose gate must name a reason.
 */
class TenantIsolationTest {

    private static final TenantsDatabase TENANTS = new TenantsDatabase();
    private static final TenantRoles ROLES = new TenantRoles(TENANTS.administrator, TENANTS.sealing);
    private static final TenantRole A = role(TENANT_A);
    private static final TenantRole B = role(TENANT_B);

    @BeforeAll
    static void giveTenantBSomethingToLose() {
        TENANTS.query(TENANT_B, "CREATE TABLE loot (id SERIAL PRIMARY KEY, secret TEXT)");
        TENANTS.query(TENANT_B, "INSERT INTO loot (secret) VALUES ('belongs to b')");
        TENANTS.query(TENANT_A, "CREATE TABLE own (id int)");
    }

    @AfterAll
    static void close() {
        TENANTS.close();
    }

    @AfterEach
    void tenantBHasLostNothing() {
        assertThat(TENANTS.query(TENANT_B, "SELECT id, secret FROM loot").path("rows"))
                .hasToString("[[1,\"belongs to b\"]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM :b.loot",
                "SELECT * FROM \":b\".\"loot\"",
                "TABLE :b.loot",
                "SET search_path = :b; SELECT * FROM loot",
                "SET ROLE :b",
                "RESET ROLE; SET ROLE :b",
                "SET SESSION AUTHORIZATION :b",
                "SELECT set_config('role', ':b', false)",
                "SET ROLE postgres",
                "GRANT :b TO CURRENT_USER",
                "GRANT SELECT ON :b.loot TO CURRENT_USER",
                "INSERT INTO :b.loot (secret) VALUES ('x')",
                "UPDATE :b.loot SET secret = 'x'",
                "DELETE FROM :b.loot",
                "WITH x AS (DELETE FROM :b.loot RETURNING *) SELECT * FROM x",
                "MERGE INTO :b.loot l USING own o ON l.id = o.id WHEN MATCHED THEN DELETE",
                "TRUNCATE :b.loot",
                "DROP TABLE :b.loot",
                "DROP SCHEMA :b CASCADE",
                "DROP SCHEMA :a CASCADE",
                "DROP OWNED BY :b",
                "REASSIGN OWNED BY :b TO CURRENT_USER",
                "ALTER TABLE :b.loot ADD COLUMN x int",
                "ALTER TABLE :b.loot OWNER TO CURRENT_USER",
                "ALTER SCHEMA :b RENAME TO mine",
                "ALTER DEFAULT PRIVILEGES FOR ROLE :b GRANT ALL ON TABLES TO CURRENT_USER",
                "LOCK TABLE :b.loot",
                "COMMENT ON TABLE :b.loot IS 'x'",
                "COMMENT ON ROLE :b IS 'x'",
                "CREATE TABLE :b.mine (a int)",
                "CREATE TABLE public.mine (a int)",
                "CREATE TABLE heir () INHERITS (:b.loot)",
                "CREATE TABLE copied (LIKE :b.loot)",
                "CREATE INDEX i ON :b.loot (secret)",
                "CREATE POLICY p ON :b.loot",
                "CREATE RULE r AS ON INSERT TO :b.loot DO INSTEAD NOTHING",
                "CREATE TABLE pointing (id int REFERENCES :b.loot)",
                "SELECT nextval(':b.loot_id_seq')",
                "SELECT setval(':b.loot_id_seq', 99)",
                "SELECT query_to_xml('SELECT * FROM :b.loot', true, false, '')",
                "SELECT has_table_privilege(':b.loot', 'SELECT')",
                "SELECT to_regclass(':b.loot')",
                "SELECT pg_total_relation_size(':b.loot')",
                "SELECT pg_get_serial_sequence(':b.loot', 'id')",
                "COPY :b.loot TO STDOUT",
                "COPY own FROM PROGRAM 'id'",
                "COPY (SELECT 1) TO '/tmp/fastn-attack'",
                "COPY own FROM '/etc/passwd'",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT pg_read_binary_file('/etc/passwd')",
                "SELECT pg_ls_dir('.')",
                "SELECT pg_stat_file('.')",
                "SELECT lo_import('/etc/passwd')",
                "SELECT lo_create(0)",
                "CREATE EXTENSION dblink",
                "CREATE EXTENSION postgres_fdw",
                "CREATE EXTENSION hstore",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN 1; END'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'libc.so.6', 'system'",
                "DO $$ BEGIN END $$",
                "CREATE TEMP TABLE x (a int)",
                "CREATE SCHEMA x",
                "CREATE ROLE x",
                "CREATE DATABASE x",
                "ALTER ROLE :b PASSWORD 'x'",
                "ALTER ROLE CURRENT_USER SUPERUSER",
                "ALTER ROLE CURRENT_USER CREATEROLE",
                "ALTER ROLE CURRENT_USER CONNECTION LIMIT 1000",
                "ALTER SYSTEM SET work_mem = '1GB'",
                "ALTER DATABASE postgres SET work_mem = '1GB'",
                "SET temp_file_limit = '-1'",
                "SET session_replication_role = replica",
                "SET log_statement = 'all'",
                "CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION f()",
                "CREATE SERVER s FOREIGN DATA WRAPPER w",
                "CREATE PUBLICATION p FOR ALL TABLES",
                "CREATE SUBSCRIPTION s CONNECTION 'host=localhost' PUBLICATION p",
                "CREATE TABLESPACE s LOCATION '/tmp'",
                "CHECKPOINT",
                "BEGIN; PREPARE TRANSACTION 'x'",
                "SELECT pg_advisory_lock(1)",
                "SELECT pg_try_advisory_lock(1)",
                "SELECT pg_sleep(1)",
                "SELECT pg_terminate_backend(1)",
                "SELECT pg_cancel_backend(1)",
                "SELECT pg_notify('x', 'y')",
                "SELECT pg_export_snapshot()",
                "SELECT pg_current_wal_lsn()",
                "SELECT pg_database_size(current_database())",
                "SELECT current_setting('data_directory')",
                "SELECT * FROM pg_class",
                "SELECT * FROM pg_namespace",
                "SELECT * FROM pg_attribute",
                "SELECT * FROM pg_type",
                "SELECT * FROM pg_proc",
                "SELECT * FROM pg_tables",
                "SELECT * FROM pg_roles",
                "SELECT * FROM pg_user",
                "SELECT * FROM pg_authid",
                "SELECT * FROM pg_shadow",
                "SELECT * FROM pg_database",
                "SELECT * FROM pg_locks",
                "SELECT * FROM pg_settings",
                "SELECT * FROM pg_stats",
                "SELECT * FROM pg_stat_activity",
                "SELECT * FROM pg_stat_user_tables",
                "SELECT * FROM pg_description",
                "SELECT pg_get_userbyid(10)",
                "SELECT obj_description(1)",
                "SELECT * FROM fastn.tenant",
                "SELECT * FROM fastn.effect_ledger",
                "DELETE FROM fastn.effect_ledger",
                "DROP FUNCTION fastn.record_effect",
                "CREATE TABLE fastn.mine (a int)",
            })
    void theDatabaseRefusesAlone(String attack) throws SQLException {
        try (Connection tenantA = rawConnection();
                Statement statement = tenantA.createStatement()) {
            assertThatThrownBy(() -> statement.execute(named(attack)))
                    .isInstanceOf(SQLException.class)
                    .message()
                    .doesNotContain("syntax error");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM information_schema.schemata",
                "SELECT * FROM information_schema.columns WHERE table_name = 'loot'",
                "SELECT * FROM information_schema.table_privileges WHERE table_name = 'loot'",
            })
    void theInformationSchemaShowsNothingOfOthers(String sql) throws SQLException {
        try (Connection tenantA = rawConnection();
                Statement statement = tenantA.createStatement()) {
            assertThat(everything(statement, sql)).doesNotContain("loot").doesNotContain(named(":b"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                "ROLLBACK",
                "BEGIN",
                "SAVEPOINT a",
                "SET statement_timeout = 0",
                "RESET ROLE",
                "DISCARD ALL",
                "LISTEN x",
                "NOTIFY x",
                "LOCK TABLE own",
                "PREPARE p AS SELECT 1",
                "EXECUTE p",
                "DECLARE c CURSOR FOR SELECT 1",
                "COPY own TO STDOUT",
                "DO $$ BEGIN END $$",
                "CALL f()",
                "VACUUM own",
                "ANALYZE own",
                "SHOW ALL",
                "GRANT SELECT ON own TO :b",
                "REVOKE ALL ON own FROM :b",
                "ALTER ROLE CURRENT_USER PASSWORD 'x'",
                "ALTER USER CURRENT_USER PASSWORD 'x'",
                "ALTER ROLE CURRENT_USER SET statement_timeout = 0",
                "ALTER TABLE own OWNER TO :b",
                "CREATE TEMP TABLE x (a int)",
                "CREATE UNLOGGED TABLE x (a int)",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE MATERIALIZED VIEW v AS SELECT 1",
                "CREATE SCHEMA x",
                "DROP SCHEMA :a",
                "DROP OWNED BY :b",
                "REFRESH MATERIALIZED VIEW v",
                "SELECT 1; SELECT 2",
                "SELECT 1;; SELECT 2",
                "SELECT 1 /* ; */; COMMIT",
                "SELECT 16385::oid::regclass",
                "SELECT 10::oid::regrole",
                "SELECT 1::pg_catalog.regnamespace",
                "SELECT 1::\"regclass\"",
                "SELECT CAST(1 AS RegType)",
                "SELECT to_regtype('x')",
                "SELECT fastn.record_effect('e', 1, '', '')",
                "SELECT * FROM \"fastn\".tenant",
                "SELECT U&'\\0061'",
                "SELECT * FROM U&\"own\"",
                "SELECT $2",
                "SELECT $0",
                "SELECT $1001",
                "SELECT $70000",
                "SELECT $99999999999999999999",
                "",
                " -- nothing",
                "SELECT /* open /* nested */",
                "SELECT 'open",
                "SELECT \"open",
                "SELECT $x$ open $y$",
                "SELECT {fn now()}",
                "SELECT 1 \\ 2",
                "SELECT E'\\'; COMMIT",
                "SELECT '\0'",
                "SELECT '\ud800'",
            })
    void theGateNamesWhatItRefuses(String attack) {
        EffectOutcome.Failed outcome = TENANTS.failure(TENANT_A, named(attack), "[]");

        assertThat(outcome.fields()).containsEntry("code", "FASTN-03010").containsEntry("retryable", false);
        assertThat(outcome.message()).startsWith("SQL statement is refused: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';', E'\\';', $$;$$, $a$ $$ ; $a$, 'it''s;' AS \";\" -- ; COMMIT",
                "SELECT 1 /* /* ; */ */ ;  -- end\n",
                "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM n",
                "SELECT a$1 FROM (SELECT 1 AS a$1) x",
                "EXPLAIN SELECT 1",
                "CREATE OR REPLACE VIEW v AS SELECT 1 AS one",
                "CREATE UNIQUE INDEX IF NOT EXISTS i ON own (id)",
                "COMMENT ON TABLE own IS 'mine'",
                "TRUNCATE own",
            })
    void theGateLetsWorkThrough(String sql) {
        TENANTS.query(TENANT_A, sql);
    }

    @Test
    void nobodyEntersUnderATenantsRoleWithoutItsPassword() throws SQLException {
        assertThatThrownBy(() -> TenantPool.dataSource(new TenantRole(B.name(), "wrong"), ROLES.url())
                        .getConnection())
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void passwordsLieSealedInTheDatabase() {
        assertThat(TENANTS.texts("SELECT t::text FROM fastn.tenant t"))
                .hasSizeGreaterThanOrEqualTo(2)
                .noneMatch(row -> row.contains(B.password()));
    }

    private static Connection rawConnection() throws SQLException {
        return TenantPool.dataSource(A, ROLES.url()).getConnection();
    }

    private static String everything(Statement statement, String sql) {
        StringBuilder text = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    text.append(rows.getString(column)).append(' ');
                }
            }
        } catch (SQLException e) {
            text.append(e.getMessage());
        }
        return text.toString();
    }

    private static String named(String attack) {
        return attack.replace("::", "\u0001")
                .replace(":a", A.name())
                .replace(":b", B.name())
                .replace("\u0001", "::");
    }

    private static TenantRole role(TenantId tenant) {
        try {
            return ROLES.roleOf(tenant);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
