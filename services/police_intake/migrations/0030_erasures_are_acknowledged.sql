-- An erasure is complete once everybody who was told to destroy a card has said so; who is silent is seen by name.

ALTER TABLE erasures DROP CONSTRAINT erasures_approved,
    ADD CONSTRAINT erasures_approved CHECK (state NOT IN ('approved', 'done', 'complete') OR approved_by <> '');
COMMENT ON COLUMN erasures.state IS 'requested, approved, cancelled, done (the keys are gone here) or complete (every holder has acknowledged).';

CREATE TABLE erasure_holders (
    person_id text NOT NULL,
    requested_at timestamptz NOT NULL,
    need_id text NOT NULL,
    service text NOT NULL,
    due_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    PRIMARY KEY (person_id, requested_at, need_id, service),
    FOREIGN KEY (person_id, requested_at) REFERENCES erasures (person_id, requested_at)
);
CREATE INDEX erasure_holders_need ON erasure_holders (need_id);
COMMENT ON TABLE erasure_holders IS 'Who was told to destroy a card when a person was erased, and when each has said that it is done.';
COMMENT ON COLUMN erasure_holders.person_id IS 'Whose erasure.';
COMMENT ON COLUMN erasure_holders.requested_at IS 'Which erasure of that person.';
COMMENT ON COLUMN erasure_holders.need_id IS 'The need whose card it is.';
COMMENT ON COLUMN erasure_holders.service IS 'social_registry or health_narcology: it follows from the kind of the need, and names no facility.';
COMMENT ON COLUMN erasure_holders.due_at IS 'Until when an answer is awaited; then a person asks.';
COMMENT ON COLUMN erasure_holders.acknowledged_at IS 'When it said that no key is left; null while it is silent.';

-- Who sees which row: made of wall.toml, as 0010_second_wall.sql.
ALTER TABLE erasure_holders ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasure_holders FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON erasure_holders TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON erasure_holders FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM persons WHERE persons.person_id = erasure_holders.person_id));
