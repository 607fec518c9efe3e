-- What the calls of runs gave that were started with "record": without secrets, as mocks are written. Kept as long as
-- the execution.
CREATE TABLE fastn_recorded_call (
    execution_id text        NOT NULL,
    epoch        int         NOT NULL,
    ordinal      int         NOT NULL,
    call         text        NOT NULL,
    arguments    text        NOT NULL,
    answer       text        NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (execution_id, epoch, ordinal)
);
