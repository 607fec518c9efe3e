-- The row of a run exists from its start to its end. Who works on the run holds its fence; whoever takes the run over
-- raises it, and its end removes the row: what carries another number than the row writes nothing.
ALTER TABLE fastn_checkpoint ADD COLUMN fence bigint NOT NULL DEFAULT 0;

INSERT INTO fastn_checkpoint (execution_id, sequence, path)
SELECT id, 0, '' FROM fastn_execution WHERE status IN ('RUNNING', 'FAILED') AND tier <> 'INSTANT'
ON CONFLICT DO NOTHING;
