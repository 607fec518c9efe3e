-- Where each run stands, committed together with the engine's token.
CREATE TABLE fastn_checkpoint (
    execution_id text PRIMARY KEY,
    sequence     bigint NOT NULL,
    base         bytea, -- the variables as one graph; absent while replaying the path is cheaper
    path         bytea NOT NULL,
    written_at   timestamptz NOT NULL DEFAULT now()
);
