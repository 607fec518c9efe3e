-- What workflows read with fastn.envConfig.get: differs by environment, is no secret.
CREATE TABLE fastn_setting (
    tenant      text        NOT NULL,
    environment text        NOT NULL, -- empty: every environment
    key         text        NOT NULL,
    value       text        NOT NULL, -- JSON
    updated_at  timestamptz NOT NULL,
    updated_by  text        NOT NULL,
    PRIMARY KEY (tenant, key, environment)
);
