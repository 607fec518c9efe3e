-- A number is never given twice, so that the row of an earlier version can not be put back.
CREATE SEQUENCE fastn_connection_version;

CREATE TABLE fastn_connection (
    id            text PRIMARY KEY,
    tenant        text NOT NULL,
    environment   text NOT NULL, -- empty: every environment
    connector     text NOT NULL, -- slug
    managed       boolean NOT NULL, -- of a definition that the operator gave
    label         text NOT NULL,
    method        text NOT NULL,
    account       text,
    settings      jsonb NOT NULL,
    sealed        bytea NOT NULL, -- fields and tokens
    own_app       boolean, -- the OAuth app it was made with: the tenant's own or the operator's; null: none
    scopes        text[] NOT NULL,
    expires_at    timestamptz,
    renew_at      timestamptz, -- somewhat earlier
    status        text NOT NULL,
    is_default    boolean NOT NULL,
    last_verified timestamptz,
    version       bigint NOT NULL,
    updated_at    timestamptz NOT NULL,
    updated_by    text NOT NULL,
    UNIQUE (tenant, connector, managed, environment, label)
);

CREATE UNIQUE INDEX fastn_connection_default ON fastn_connection (tenant, connector, managed, environment)
    WHERE is_default;
