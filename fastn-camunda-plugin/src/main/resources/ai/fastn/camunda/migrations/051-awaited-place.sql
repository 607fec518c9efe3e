-- Whether another run waits for this one, in whose place under the tenant's limit it is under way.
ALTER TABLE fastn_place ADD COLUMN awaited boolean NOT NULL DEFAULT false;
