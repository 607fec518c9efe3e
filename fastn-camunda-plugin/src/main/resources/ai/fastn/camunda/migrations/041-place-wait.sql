-- Since when a run waits for its place, until it has gone on: the time does not count for its execution timeout.
ALTER TABLE fastn_place ADD COLUMN waits_since timestamptz;
