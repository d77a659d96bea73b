-- Where an imported file lies until it is destroyed.

ALTER TABLE import_runs ADD COLUMN file_path text NOT NULL DEFAULT '', ADD COLUMN file_host text NOT NULL DEFAULT '',
    ADD COLUMN file_destroyed_at timestamptz;
COMMENT ON COLUMN import_runs.file_path IS 'Where it lies; empty if it is kept outside, or destroyed.';
COMMENT ON COLUMN import_runs.file_host IS 'On which machine.';
COMMENT ON COLUMN import_runs.file_destroyed_at IS 'When it was destroyed; its hash stays. Null before.';
