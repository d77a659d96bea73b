ALTER TABLE workers ADD COLUMN session text NOT NULL DEFAULT '';
COMMENT ON COLUMN workers.seen_at IS 'A worker not seen for the session time-out is taken for dead, also if its session is still there; its late batch fails at the inbox.';
COMMENT ON COLUMN workers.session IS 'Its session at this database: once that is over, the worker is dead or will say so anew; empty if unknown.';
