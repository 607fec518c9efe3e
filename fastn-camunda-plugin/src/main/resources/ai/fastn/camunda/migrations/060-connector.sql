-- Definitions of connectors that tenants keep themselves; a version never changes.
CREATE TABLE fastn_connector (
    tenant   text    NOT NULL,
    slug     text    NOT NULL,
    version  integer NOT NULL,
    deleted  boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant, slug)
);

CREATE TABLE fastn_connector_version (
    tenant      text        NOT NULL,
    slug        text        NOT NULL,
    version     integer     NOT NULL,
    document    text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    created_by  text        NOT NULL,
    PRIMARY KEY (tenant, slug, version),
    FOREIGN KEY (tenant, slug) REFERENCES fastn_connector
);

-- Raised by every change of the two tables, in the same statement: what other nodes look at.
CREATE TABLE fastn_connector_revision (
    revision bigint NOT NULL
);
INSERT INTO fastn_connector_revision VALUES (0);
