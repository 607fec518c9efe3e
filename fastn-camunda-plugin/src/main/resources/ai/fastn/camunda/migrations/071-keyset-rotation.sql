-- Raised with every change of a keyset, so that other nodes see that theirs is old; and when it was changed last.
-- rotating: it has more than one key.
ALTER TABLE fastn_keyset
    ADD COLUMN version bigint NOT NULL DEFAULT 1,
    ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN rotating boolean NOT NULL DEFAULT false;
