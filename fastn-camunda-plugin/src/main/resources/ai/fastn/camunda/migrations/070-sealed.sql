-- What a run stores or hands on after it has read a secret is sealed: any value it makes may carry the secret.
ALTER TABLE fastn_state
    ALTER COLUMN value DROP NOT NULL,
    ADD COLUMN sealed bytea,
    ADD CONSTRAINT fastn_state_one_form CHECK ((value IS NULL) <> (sealed IS NULL));

-- input is then without the secrets
ALTER TABLE fastn_execution ADD COLUMN sealed_input bytea;
