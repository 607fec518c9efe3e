-- Starts that carry an Idempotency-Key: which execution a key has started. For Standard and Long the row comes with the
-- run; for Instant it comes right before the code begins, and the run's own row with its end.
CREATE TABLE fastn_start (
    tenant       text        NOT NULL,
    slug         text        NOT NULL,
    key          text        NOT NULL,
    request      text        NOT NULL, -- SHA-256 of what was sent with the key
    execution_id text        NOT NULL,
    instant      boolean     NOT NULL,
    code         text, -- with failure: how an Instant run failed, as its caller was told
    failure      text,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant, slug, key)
);

CREATE INDEX fastn_start_expires_at ON fastn_start (expires_at);
