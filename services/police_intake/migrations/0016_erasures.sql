-- Who asked that a person be erased, who approved, and when.

CREATE TABLE erasures (
    person_id text PRIMARY KEY REFERENCES persons (person_id),
    state text NOT NULL,
    reason text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL,
    approved_by text NOT NULL,
    due_at timestamptz
);
COMMENT ON TABLE erasures IS 'The latest erasure asked for about each person; two people and some days stand before it.';
COMMENT ON COLUMN erasures.person_id IS 'The row; random.';
COMMENT ON COLUMN erasures.state IS 'requested, approved, cancelled or done.';
COMMENT ON COLUMN erasures.reason IS 'A code.';
COMMENT ON COLUMN erasures.requested_by IS 'Who asked.';
COMMENT ON COLUMN erasures.requested_at IS 'When.';
COMMENT ON COLUMN erasures.approved_by IS 'The second person; empty before.';
COMMENT ON COLUMN erasures.due_at IS 'When the keys go, or went; null before the approval.';
