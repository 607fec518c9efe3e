-- Calls of connections with limits, as all nodes count them. A row that no longer counts is deleted by the next call of its connection.
CREATE TABLE fastn_call (
    number       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant       text        NOT NULL,
    environment  text        NOT NULL,
    connector    text        NOT NULL,
    connection   text        NOT NULL, -- id; empty: the only one of the tenant
    taken_at     timestamptz NOT NULL,
    counts_until timestamptz NOT NULL, -- for calls per time
    ends_at      timestamptz -- for calls at once: at the latest, should its node die; null: it has ended
);

CREATE INDEX fastn_call_counts ON fastn_call (tenant, connection, connector, environment, counts_until);
CREATE INDEX fastn_call_under_way ON fastn_call (tenant, connection, connector, environment) WHERE ends_at IS NOT NULL;

-- Nodes whose next call was told to come again: a slot is kept for one that has waited for some time.
CREATE TABLE fastn_call_wait (
    tenant      text        NOT NULL,
    environment text        NOT NULL,
    connector   text        NOT NULL,
    connection  text        NOT NULL,
    node        text        NOT NULL,
    since       timestamptz NOT NULL,
    comes_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant, connection, connector, environment, node)
);

-- Connections whose service takes no calls before that time (Retry-After).
CREATE TABLE fastn_call_hold (
    tenant      text        NOT NULL,
    environment text        NOT NULL,
    connector   text        NOT NULL,
    connection  text        NOT NULL,
    until       timestamptz NOT NULL,
    PRIMARY KEY (tenant, connection, connector, environment)
);
