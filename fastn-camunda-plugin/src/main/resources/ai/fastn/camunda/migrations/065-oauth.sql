-- Client id and secret at an authorization server.
CREATE TABLE fastn_oauth_app (
    tenant     text NOT NULL, -- empty: the operator's, for definitions that the operator gave
    connector  text NOT NULL,
    client_id  text NOT NULL,
    version    bigint NOT NULL,
    sealed     bytea NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL,
    PRIMARY KEY (tenant, connector)
);

-- An authorization that a person has begun; deleted by the answer that uses it.
CREATE TABLE fastn_oauth_state (
    state_hash   bytea PRIMARY KEY,
    browser_hash bytea NOT NULL,
    tenant       text NOT NULL,
    connector    text NOT NULL,
    request      jsonb NOT NULL,
    sealed       bytea NOT NULL, -- PKCE verifier
    expires_at   timestamptz NOT NULL
);

CREATE INDEX fastn_oauth_state_by_end ON fastn_oauth_state (expires_at);
