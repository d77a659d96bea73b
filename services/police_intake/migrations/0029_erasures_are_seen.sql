-- An erasure is seen on the page of the person: who asked, who agreed, who took it back, each with its hour.

ALTER TABLE erasures ADD COLUMN approved_at timestamptz, ADD COLUMN ended_at timestamptz,
    ADD COLUMN ended_by text NOT NULL DEFAULT '',
    ADD CONSTRAINT erasures_both_logins CHECK (approved_by = '' OR (approved_actor = '') = (requested_actor = ''));
COMMENT ON COLUMN erasures.approved_at IS 'When the second person approved; null before, and of those approved before this was kept.';
COMMENT ON COLUMN erasures.ended_at IS 'When it was taken back, or the keys went; null before, and of those that ended before this was kept.';
COMMENT ON COLUMN erasures.ended_by IS 'Who took it back; empty if nobody did.';

-- Who sees which row: made of wall.toml, as 0010_second_wall.sql.
ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasures FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON erasures TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON erasures FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM persons WHERE persons.person_id = erasures.person_id));
