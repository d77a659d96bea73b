-- Who protects women in which district, and when: a roster of inspectors, entered and ended by commands; and who wants a woman.

CREATE TABLE shifts (
    shift_id text PRIMARY KEY,
    station text NOT NULL,
    region text NOT NULL,
    inspector text NOT NULL,
    is_woman boolean NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL CHECK (until >= since),
    entered_by text NOT NULL,
    ended_by text NOT NULL,
    kept_at timestamptz NOT NULL
);
CREATE INDEX shifts_station ON shifts (station, until);
CREATE INDEX shifts_inspector ON shifts (inspector, until);
COMMENT ON TABLE shifts IS 'Shifts of inspectors for the protection of women, by district; of one that was entered only its end changes.';
COMMENT ON COLUMN shifts.shift_id IS 'Random id made here; never leaves police.';
COMMENT ON COLUMN shifts.station IS 'The district''s station, as reports write it.';
COMMENT ON COLUMN shifts.region IS 'Of the station.';
COMMENT ON COLUMN shifts.inspector IS 'Id of the inspector as staff; never a citizen''s number.';
COMMENT ON COLUMN shifts.is_woman IS 'Is she a woman: some who were hurt speak to no man.';
COMMENT ON COLUMN shifts.since IS 'When the shift begins.';
COMMENT ON COLUMN shifts.until IS 'The first moment the inspector is not there any more; since itself, if it was taken off before it began.';
COMMENT ON COLUMN shifts.entered_by IS 'Who entered it, as typed or signed.';
COMMENT ON COLUMN shifts.ended_by IS 'Who ended it before its time; empty if nobody did.';
COMMENT ON COLUMN shifts.kept_at IS 'When it was last written.';

ALTER TABLE reports ADD COLUMN wants_woman text NOT NULL DEFAULT 'not_asked' CHECK (wants_woman IN ('yes', 'no', 'not_asked'));
COMMENT ON COLUMN reports.wants_woman IS 'Does she want a woman to come: yes, no or not_asked; what was asked last stands.';

-- Who sees which row: made of wall.toml, as 0010_second_wall.sql.
ALTER TABLE shifts ENABLE ROW LEVEL SECURITY;
ALTER TABLE shifts FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON shifts TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON shifts FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (region = (SELECT wall_of('region'))) OR (SELECT wall_scope()) = 'station' AND (station = (SELECT wall_of('station'))));
