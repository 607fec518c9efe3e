CREATE TABLE fastn_workflow (
    tenant            text        NOT NULL,
    slug              text        NOT NULL,
    revision          bigint      NOT NULL,
    file_name         text        NOT NULL,
    code              text        NOT NULL,
    configuration     text        NOT NULL,
    tier              text        NOT NULL,
    enabled           boolean     NOT NULL,
    edited_by         text        NOT NULL,
    latest_version    integer,
    deployed_version  integer,
    definition_id     text,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    updated_by        text        NOT NULL,
    PRIMARY KEY (tenant, slug)
);

CREATE TABLE fastn_workflow_version (
    tenant         text        NOT NULL,
    slug           text        NOT NULL,
    version        integer     NOT NULL,
    file_name      text        NOT NULL,
    code           text        NOT NULL,
    configuration  text        NOT NULL,
    bpmn           text        NOT NULL,
    published_at   timestamptz NOT NULL DEFAULT now(),
    published_by   text        NOT NULL,
    PRIMARY KEY (tenant, slug, version),
    FOREIGN KEY (tenant, slug) REFERENCES fastn_workflow
);
