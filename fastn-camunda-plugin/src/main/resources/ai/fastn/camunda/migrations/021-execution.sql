CREATE TABLE fastn_execution (
    id                   text        PRIMARY KEY,
    tenant               text        NOT NULL,
    environment          text        NOT NULL,
    slug                 text        NOT NULL,
    version              integer     NOT NULL,
    tier                 text        NOT NULL,
    status               text        NOT NULL,
    triggered_by         text        NOT NULL,
    started_by           text        NOT NULL,
    input                text        NOT NULL,
    headers              text        NOT NULL,
    started_at           timestamptz NOT NULL,
    deadline             timestamptz NOT NULL,
    ended_at             timestamptz,
    attempts             integer     NOT NULL DEFAULT 1,
    result               text,
    error                text,
    process_instance_id  text        NOT NULL,
    definition_id        text        NOT NULL
);

CREATE INDEX fastn_execution_by_time ON fastn_execution (tenant, started_at DESC);
CREATE INDEX fastn_execution_by_workflow ON fastn_execution (tenant, slug, started_at DESC);
