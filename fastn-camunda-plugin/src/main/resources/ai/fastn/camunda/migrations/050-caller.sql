-- The run that called this one with fastn.flow, the workflows that lead to it, and whether it waits for the result.
ALTER TABLE fastn_execution
    ADD COLUMN caller_id        text,
    ADD COLUMN caller_workflows text,
    ADD COLUMN caller_waits     boolean;

CREATE INDEX fastn_execution_by_caller ON fastn_execution (caller_id) WHERE caller_id IS NOT NULL;
