-- Runs that are counted for a concurrency limit: those that hold a place, and those that wait for one. The row goes
-- with the run's own.
CREATE TABLE fastn_place (
    execution_id text        PRIMARY KEY REFERENCES fastn_checkpoint ON DELETE CASCADE,
    number       bigint      GENERATED ALWAYS AS IDENTITY,
    tenant       text        NOT NULL,
    slug         text        NOT NULL,
    key          text,
    of_workflow  integer,
    of_key       integer,
    started_at   timestamptz NOT NULL,
    held         boolean     NOT NULL DEFAULT false,
    job_id       text
);

CREATE INDEX fastn_place_held ON fastn_place (tenant) WHERE held;
CREATE INDEX fastn_place_waiting ON fastn_place (tenant, started_at, number) WHERE NOT held;
