-- Everything here is ciphertext: the master key stands outside the database.
CREATE TABLE fastn_master_key (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    check_value bytea NOT NULL
);

CREATE TABLE fastn_keyset (
    tenant text PRIMARY KEY,
    wrapped bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- A number is never given twice, so that the row of an earlier version can not be put back.
CREATE SEQUENCE fastn_secret_version;

CREATE TABLE fastn_secret (
    tenant text NOT NULL,
    environment text NOT NULL, -- empty: every environment
    name text NOT NULL,
    version bigint NOT NULL,
    sealed bytea NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL,
    PRIMARY KEY (tenant, environment, name)
);
