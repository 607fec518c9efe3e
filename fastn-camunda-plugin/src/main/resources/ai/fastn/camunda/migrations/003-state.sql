-- fastn.state: ORG values have an empty execution, INVOCATION values name theirs.
CREATE TABLE fastn_state (
    tenant text NOT NULL,
    environment text NOT NULL,
    workflow text NOT NULL,
    execution text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz,
    PRIMARY KEY (tenant, environment, workflow, execution, key)
);

CREATE INDEX fastn_state_execution ON fastn_state (execution) WHERE execution <> '';

CREATE INDEX fastn_state_expires_at ON fastn_state (expires_at) WHERE expires_at IS NOT NULL;
