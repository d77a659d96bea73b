-- Of which region is a record that is no report yet? By its station's name, also where that station has no report.

ALTER TABLE held_records ADD COLUMN region text NOT NULL DEFAULT '';
COMMENT ON COLUMN held_records.region IS 'ISO 3166-2 code of the region that its station''s name tells, or unknown; empty if it names none.';

-- Who sees which row: made of wall.toml, as 0010_second_wall.sql.
DROP POLICY pages ON held_records;
CREATE POLICY pages ON held_records FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (held_records.region = (SELECT wall_of('region')) OR (held_records.station <> '' AND held_records.station IN (SELECT reports.station FROM reports))) OR (SELECT wall_scope()) = 'station' AND (station = (SELECT wall_of('station'))));
