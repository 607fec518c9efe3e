-- Prepares the database of the tenants: nobody but the administrator sees the catalogue, programs the server or finds
-- another tenant, and the ledger of effects lies where tenants can only reach their own rows through two functions.
-- Runs once, as superuser, in one transaction; on a newer version of this file it runs again.

DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()); END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC;
REVOKE SELECT ON pg_class, pg_namespace, pg_attribute, pg_attrdef, pg_proc, pg_constraint, pg_index, pg_trigger,
    pg_rewrite, pg_depend, pg_shdepend, pg_description, pg_shdescription, pg_database, pg_db_role_setting,
    pg_auth_members, pg_default_acl, pg_init_privs, pg_largeobject_metadata, pg_sequence, pg_policy, pg_event_trigger,
    pg_foreign_server, pg_tablespace, pg_type FROM PUBLIC;

DO $$
DECLARE
    item record;
BEGIN
    FOR item IN
        SELECT c.oid::regclass AS name FROM pg_class c
        WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'v'
          AND (c.relname LIKE 'pg\_stat%' OR c.relname LIKE 'pg\_available\_extension%' OR c.relname IN (
            'pg_roles', 'pg_user', 'pg_group', 'pg_locks', 'pg_settings', 'pg_tables', 'pg_views', 'pg_indexes',
            'pg_matviews', 'pg_sequences', 'pg_rules', 'pg_policies', 'pg_prepared_xacts', 'pg_cursors',
            'pg_replication_slots', 'pg_seclabels', 'pg_publication_tables'))
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', item.name);
    END LOOP;
    FOR item IN
        SELECT p.oid::regprocedure AS name FROM pg_proc p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND p.proname ~ (
            '^pg_(try_)?advisory|^pg_sleep|^(lo_|loread|lowrite)|^pg_stat_|^txid_|^has_.*_privilege$'
            '|^pg_(control|ls|read|hba|ident|file|show)'
            '|^pg_(current|last|walfile|wal|xact|snapshot|replication|logical)'
            '|^pg_get_(viewdef|functiondef|function_|constraintdef|indexdef|ruledef|triggerdef|expr|statisticsobjdef'
            '|partkeydef|serial_sequence|acl)'
            '|^(set_config|pg_notify|pg_listening_channels|pg_export_snapshot|pg_cancel_backend|pg_terminate_backend'
            '|pg_log_backend_memory_contexts|pg_lock_status|pg_prepared_xact|pg_show_all_settings|pg_database_size'
            '|pg_tablespace_size|pg_(relation|table|total_relation|indexes)_size|pg_relation_file(path|node)'
            '|pg_blocking_pids|(obj|col|shobj)_description|pg_describe_object|pg_identify_object.*'
            '|pg_get_object_address|pg_get_userbyid|to_reg.*|inet_(server|client)_addr|pg_postmaster_start_time'
            '|.*_to_xml.*|ts_stat|pg_has_role|aclexplode|pg_tablespace_databases|pg_tablespace_location)$')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', item.name);
    END LOOP;
END $$;

CREATE SCHEMA IF NOT EXISTS fastn;
REVOKE ALL ON SCHEMA fastn FROM PUBLIC;

CREATE TABLE IF NOT EXISTS fastn.hardening (version int PRIMARY KEY);

-- Role and schema of a tenant have one random name, so that nobody can guess another's.
CREATE TABLE IF NOT EXISTS fastn.tenant (
    tenant text PRIMARY KEY,
    role name NOT NULL UNIQUE,
    sealed_password bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- One row per performed statement, written in its transaction. The result is sealed: it may hold a secret.
CREATE TABLE IF NOT EXISTS fastn.effect_ledger (
    role name NOT NULL,
    execution text NOT NULL,
    ordinal int NOT NULL,
    call_hash bytea NOT NULL,
    result bytea NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (role, execution, ordinal)
);
CREATE INDEX IF NOT EXISTS effect_ledger_recorded_at ON fastn.effect_ledger (recorded_at);

-- Who works on a run. Whoever takes it over comes with a higher number, which counts here from its first call on.
CREATE TABLE IF NOT EXISTS fastn.effect_fence (
    role name NOT NULL,
    execution text NOT NULL,
    fence bigint NOT NULL,
    PRIMARY KEY (role, execution)
);

DROP FUNCTION IF EXISTS fastn.record_effect(text, int, bytea, bytea);
DROP FUNCTION IF EXISTS fastn.recorded_effect(text, int);

-- True when the row was written, nothing when the run has been taken over. Fence 0: nobody takes this run over.
CREATE OR REPLACE FUNCTION fastn.record_effect(execution text, ordinal int, call_hash bytea, result bytea, fence bigint)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH owner AS (
        INSERT INTO fastn.effect_fence AS f (role, execution, fence) SELECT session_user, $1, $5 WHERE $5 > 0
        ON CONFLICT (role, execution) DO UPDATE SET fence = excluded.fence WHERE f.fence <= excluded.fence
        RETURNING true)
    INSERT INTO fastn.effect_ledger (role, execution, ordinal, call_hash, result)
    SELECT session_user, $1, $2, $3, $4 WHERE $5 = 0 OR EXISTS (SELECT FROM owner)
    RETURNING true
$$;

-- Raises the fence first, which waits for a statement of the owner before: its row is seen.
CREATE OR REPLACE FUNCTION fastn.recorded_effect(execution text, ordinal int, fence bigint)
RETURNS TABLE (call_hash bytea, result bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO fastn.effect_fence AS f (role, execution, fence) SELECT session_user, $1, $3 WHERE $3 > 0
    ON CONFLICT (role, execution) DO UPDATE SET fence = excluded.fence WHERE f.fence < excluded.fence;
    SELECT l.call_hash, l.result FROM fastn.effect_ledger l
    WHERE l.role = session_user AND l.execution = $1 AND l.ordinal = $2
$$;

REVOKE ALL ON FUNCTION fastn.record_effect, fastn.recorded_effect FROM PUBLIC;

DO $$
DECLARE
    known record;
BEGIN
    FOR known IN SELECT role FROM fastn.tenant LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION fastn.record_effect, fastn.recorded_effect TO %I', known.role);
    END LOOP;
END $$;
