-- Who may call: the installation's account, its tenants, and access keys (only their hashes).
CREATE TABLE fastn_account (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    id text NOT NULL
);

CREATE TABLE fastn_tenant (
    id text PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO fastn_tenant (id, name) VALUES ('default', 'Default');

CREATE TABLE fastn_access_key (
    id text PRIMARY KEY,
    name text NOT NULL,
    hash bytea NOT NULL UNIQUE,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz
);

CREATE TABLE fastn_access_key_tenant (
    access_key text NOT NULL REFERENCES fastn_access_key ON DELETE CASCADE,
    tenant text NOT NULL REFERENCES fastn_tenant,
    PRIMARY KEY (access_key, tenant)
);
