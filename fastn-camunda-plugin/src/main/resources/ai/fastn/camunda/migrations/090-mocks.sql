-- Which calls a run makes for real, and whether its calls are recorded.
ALTER TABLE fastn_execution
    ADD COLUMN mode     text    NOT NULL DEFAULT 'LIVE', -- PARTIAL_MOCK, MOCK
    ADD COLUMN recorded boolean NOT NULL DEFAULT false;

-- What a run that has not ended was told to answer its calls with; Standard and Long only.
CREATE TABLE fastn_mocks (
    execution_id text PRIMARY KEY,
    document     text NOT NULL
);
