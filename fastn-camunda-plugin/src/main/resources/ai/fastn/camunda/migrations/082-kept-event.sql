-- Events that came before a run waited for them and that their sender wants kept. The oldest one goes to the next wait.
CREATE TABLE fastn_kept_event (
    number     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant     text        NOT NULL,
    message    text        NOT NULL, -- event, and behind a colon the key
    payload    text        NOT NULL, -- JSON
    expires_at timestamptz NOT NULL
);

CREATE INDEX fastn_kept_event_by_message ON fastn_kept_event (tenant, message, number);
CREATE INDEX fastn_kept_event_expires_at ON fastn_kept_event (expires_at);
