-- What each run has called and read that could come out differently next time; written once, deleted when the run is over.
CREATE TABLE fastn_journal (
    execution_id text NOT NULL,
    epoch        int NOT NULL,
    kind         text NOT NULL, -- OUTCOME of a call, clock and random VALUES, RETRY that went back to a failed call
    ordinal      int NOT NULL,
    effect       text NOT NULL,
    digest       text NOT NULL,
    completion   int NOT NULL,
    content      bytea NOT NULL, -- sealed once the run has read a secret
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (execution_id, epoch, kind, ordinal)
);
