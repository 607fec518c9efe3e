-- Nodes that execute jobs, by the lock owner of their job executor. Each says every 2 s that it lives.
CREATE TABLE fastn_node (
    id      text PRIMARY KEY,
    seen_at timestamptz NOT NULL DEFAULT now()
);
