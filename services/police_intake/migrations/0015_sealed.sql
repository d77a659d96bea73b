-- Who anybody is lies sealed; people, numbers and contents are recognised by blind indexes.

DO $$ BEGIN
    IF EXISTS (SELECT FROM persons) OR EXISTS (SELECT FROM held_records) OR EXISTS (SELECT FROM answered_requests) THEN
        RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE =
            'this database was filled by a version that sealed nothing and was never released: take what is needed out with that version, and begin with an empty database';
    END IF;
END $$;

ALTER TABLE persons DROP COLUMN folded_name, DROP COLUMN name, DROP COLUMN birth_date, DROP COLUMN iin,
    ADD COLUMN sealed bytea, ADD COLUMN iin_index bytea, ADD COLUMN name_index bytea, ADD COLUMN erased_at timestamptz;
CREATE UNIQUE INDEX persons_iin ON persons (iin_index) WHERE iin_index IS NOT NULL;
CREATE INDEX persons_named ON persons (name_index) WHERE name_index IS NOT NULL;
COMMENT ON COLUMN persons.sealed IS 'Folded name, name, birth date and identity number, sealed under this row''s key; noise once erased.';
COMMENT ON COLUMN persons.iin_index IS 'Blind index of the identity number, only one that passed every check; null if none.';
COMMENT ON COLUMN persons.name_index IS 'Blind index of folded name and birth date; null without a birth date.';
COMMENT ON COLUMN persons.erased_at IS 'When the key was destroyed; null while the person is known.';

ALTER TABLE reports DROP COLUMN identity, DROP COLUMN address_key,
    ADD COLUMN sealed bytea, ADD COLUMN number_index bytea, ADD COLUMN erased_at timestamptz;
CREATE INDEX reports_number ON reports (number_index) WHERE number_index IS NOT NULL;
COMMENT ON COLUMN reports.sealed IS 'Station, year and number of the journal, and the folded address, sealed under the report''s key.';
COMMENT ON COLUMN reports.number_index IS 'Blind index of station, year and number; the victim is the fourth part. Null once erased.';
COMMENT ON COLUMN reports.erased_at IS 'When the key of its contents was destroyed; null before.';

ALTER TABLE report_versions DROP COLUMN content_hash, DROP COLUMN content, DROP COLUMN fields,
    ADD COLUMN sealed bytea, ADD COLUMN content_index bytea, ADD COLUMN iin_indexes bytea[] NOT NULL DEFAULT '{}';
CREATE INDEX report_versions_content ON report_versions (content_index) WHERE content_index IS NOT NULL;
COMMENT ON COLUMN report_versions.sealed IS 'Every field as it was written and as it was read, and the hash of both, sealed under the report''s key.';
COMMENT ON COLUMN report_versions.content_index IS 'Blind index of the content: that is how a duplicate is known. Null once erased.';
COMMENT ON COLUMN report_versions.iin_indexes IS 'Blind indexes of the identity numbers in it, also of doubtful ones.';

DROP POLICY pages ON held_records; -- it asked for the station in the content
ALTER TABLE held_records DROP COLUMN content, DROP COLUMN content_hash,
    ADD COLUMN sealed bytea, ADD COLUMN content_index bytea UNIQUE, ADD COLUMN erased_at timestamptz,
    ADD COLUMN station text NOT NULL DEFAULT '';
CREATE POLICY pages ON held_records FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (held_records.station <> '' AND held_records.station IN (SELECT reports.station FROM reports)) OR (SELECT wall_scope()) = 'station' AND (station = (SELECT wall_of('station'))));
COMMENT ON COLUMN held_records.station IS 'The station its journal named; empty if none could be told.';
COMMENT ON COLUMN held_records.sealed IS 'Every field as it came, sealed under this record''s key.';
COMMENT ON COLUMN held_records.content_index IS 'Blind index: equal content is kept once. Null once erased.';
COMMENT ON COLUMN held_records.erased_at IS 'When its key was destroyed; null before.';

ALTER TABLE victim_answers DROP COLUMN contact_kind, DROP COLUMN contact_detail, ADD COLUMN sealed bytea;
COMMENT ON COLUMN victim_answers.sealed IS 'How she may be reached safely, sealed under the report''s key.';

COMMENT ON COLUMN answered_requests.body_hash IS 'Keyed hash of what it sent: another body under the key is refused.';
