-- How the tables are today; migrations/ leads here, and tests/plumbing/test_migrate.py proves it.
-- Beside them stand the tables every service has: plumbing/tables.sql.

CREATE TABLE persons (
    person_id text PRIMARY KEY,
    folded_name text NOT NULL,
    name text NOT NULL,
    birth_date date,
    iin text,
    victim_ref text NOT NULL UNIQUE,
    respondent_ref text NOT NULL UNIQUE,
    same_as text REFERENCES persons (person_id)
);
CREATE UNIQUE INDEX persons_iin ON persons (iin) WHERE iin IS NOT NULL;
CREATE INDEX persons_named ON persons (folded_name, birth_date);
CREATE INDEX persons_same ON persons (same_as) WHERE same_as IS NOT NULL;
COMMENT ON TABLE persons IS 'The only table that knows who anybody is, and the only one that joins the sides'' ids to a name.';
COMMENT ON COLUMN persons.person_id IS 'Random id; never leaves police.';
COMMENT ON COLUMN persons.folded_name IS 'The name under which its spellings meet.';
COMMENT ON COLUMN persons.name IS 'The name as first written.';
COMMENT ON COLUMN persons.birth_date IS 'As written or read from a trusted number; null if unknown.';
COMMENT ON COLUMN persons.iin IS 'Identity number, only one that passed every check; null if none.';
COMMENT ON COLUMN persons.victim_ref IS 'What the victim''s side calls this person; random.';
COMMENT ON COLUMN persons.respondent_ref IS 'What the respondent''s side calls this person; random, and no other side''s id.';
COMMENT ON COLUMN persons.same_as IS 'Another row a named person said to be the same human; null if none. Taken away, everything is as before.';

CREATE TABLE reports (
    report_id text PRIMARY KEY,
    identity text NOT NULL,
    version integer NOT NULL,
    active boolean NOT NULL,
    victim_id text NOT NULL REFERENCES persons (person_id),
    respondent_id text REFERENCES persons (person_id),
    household_ref text NOT NULL,
    extracted_at timestamptz,
    recorded_at timestamptz NOT NULL,
    address_key text NOT NULL,
    consent text NOT NULL,
    region text NOT NULL,
    station text NOT NULL,
    kept_at timestamptz NOT NULL,
    closed_reason text,
    closed_by text
);
CREATE INDEX reports_identity ON reports (identity);
CREATE INDEX reports_victim ON reports (victim_id);
CREATE INDEX reports_respondent ON reports (respondent_id);
CREATE INDEX reports_station ON reports (station, recorded_at);
COMMENT ON TABLE reports IS 'Every report as it stands now.';
COMMENT ON COLUMN reports.report_id IS 'Random id made here.';
COMMENT ON COLUMN reports.identity IS 'Station, year and number of the journal; the victim is the fourth part.';
COMMENT ON COLUMN reports.version IS 'Counts its contents from 1.';
COMMENT ON COLUMN reports.active IS 'False once it was taken back.';
COMMENT ON COLUMN reports.victim_id IS 'Who was harmed, as a person.';
COMMENT ON COLUMN reports.respondent_id IS 'The person named in the report; null if nobody.';
COMMENT ON COLUMN reports.household_ref IS 'The victim''s home as the social side knows it; random.';
COMMENT ON COLUMN reports.extracted_at IS 'When the journal was written out; null for one that came by form.';
COMMENT ON COLUMN reports.recorded_at IS 'When police recorded it.';
COMMENT ON COLUMN reports.address_key IS 'The address folded, to recognise one home; empty if none.';
COMMENT ON COLUMN reports.consent IS 'What she said about help.';
COMMENT ON COLUMN reports.region IS 'ISO 3166-2 code of the region, or unknown.';
COMMENT ON COLUMN reports.station IS 'The station that recorded it.';
COMMENT ON COLUMN reports.kept_at IS 'When it was first kept here.';
COMMENT ON COLUMN reports.closed_reason IS 'Why it was taken back; null while active.';
COMMENT ON COLUMN reports.closed_by IS 'Who took it back.';

CREATE TABLE report_versions (
    report_id text NOT NULL REFERENCES reports (report_id),
    version integer NOT NULL,
    content_hash text NOT NULL,
    content jsonb NOT NULL,
    fields jsonb NOT NULL,
    doubts text[] NOT NULL,
    kept_at timestamptz NOT NULL,
    PRIMARY KEY (report_id, version)
);
CREATE INDEX report_versions_hash ON report_versions (content_hash);
COMMENT ON TABLE report_versions IS 'Every content a report ever had, as it was written; nothing is overwritten.';
COMMENT ON COLUMN report_versions.report_id IS 'The report.';
COMMENT ON COLUMN report_versions.version IS 'Which content of it.';
COMMENT ON COLUMN report_versions.content_hash IS 'Equal for equal content: that is how a duplicate is known.';
COMMENT ON COLUMN report_versions.content IS 'Every field as it was written.';
COMMENT ON COLUMN report_versions.fields IS 'The same, as it was read.';
COMMENT ON COLUMN report_versions.doubts IS 'Columns whose value was set to unknown or repaired.';
COMMENT ON COLUMN report_versions.kept_at IS 'When it was kept.';

CREATE TABLE held_records (
    held_id text PRIMARY KEY,
    verdict text NOT NULL,
    reason text NOT NULL,
    content jsonb NOT NULL,
    content_hash text NOT NULL UNIQUE,
    kept_at timestamptz NOT NULL,
    extracted_at timestamptz,
    doubts text[] NOT NULL DEFAULT '{}',
    outcome text,
    report_id text,
    closed_by text,
    closed_at timestamptz
);
COMMENT ON TABLE held_records IS 'What could not be taken as a report yet: kept as it came, an officer''s task on a clock.';
COMMENT ON COLUMN held_records.held_id IS 'Random id; the officer''s task is about it.';
COMMENT ON COLUMN held_records.verdict IS 'held, rejected or refused.';
COMMENT ON COLUMN held_records.reason IS 'Why, in one sentence.';
COMMENT ON COLUMN held_records.content IS 'Every field as it came.';
COMMENT ON COLUMN held_records.content_hash IS 'Equal content is kept once.';
COMMENT ON COLUMN held_records.kept_at IS 'When it was kept.';
COMMENT ON COLUMN held_records.extracted_at IS 'When its journal was written out; null if unknown.';
COMMENT ON COLUMN held_records.doubts IS 'Columns whose value was doubted when it was read.';
COMMENT ON COLUMN held_records.outcome IS 'registered, correction, duplicate or no_report; null while it waits.';
COMMENT ON COLUMN held_records.report_id IS 'The report it became or belongs to; null while it waits, empty if none.';
COMMENT ON COLUMN held_records.closed_by IS 'Who settled it.';
COMMENT ON COLUMN held_records.closed_at IS 'When it was settled; null while it waits.';

CREATE TABLE import_runs (
    run_id text PRIMARY KEY,
    file_hash text NOT NULL,
    file_name text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    records integer
);
CREATE UNIQUE INDEX import_runs_open ON import_runs (file_hash) WHERE finished_at IS NULL;
COMMENT ON TABLE import_runs IS 'Each import of a file; an unfinished one is taken up again where it stopped.';
COMMENT ON COLUMN import_runs.run_id IS 'Random id of one import.';
COMMENT ON COLUMN import_runs.file_hash IS 'Hash of the file''s bytes: the same bytes take up the same run.';
COMMENT ON COLUMN import_runs.file_name IS 'What the file was called.';
COMMENT ON COLUMN import_runs.started_at IS 'When it began.';
COMMENT ON COLUMN import_runs.finished_at IS 'When its last record had a verdict; null before.';
COMMENT ON COLUMN import_runs.records IS 'How many records the file held, counted apart from the verdicts; null until the end.';

CREATE TABLE import_verdicts (
    run_id text NOT NULL REFERENCES import_runs (run_id),
    record integer NOT NULL,
    verdict text NOT NULL,
    doubts text[] NOT NULL,
    reason text NOT NULL,
    report_id text NOT NULL,
    PRIMARY KEY (run_id, record)
);
COMMENT ON TABLE import_verdicts IS 'One verdict a record, written in the transaction that acts on it.';
COMMENT ON COLUMN import_verdicts.run_id IS 'The import.';
COMMENT ON COLUMN import_verdicts.record IS 'Which record of the file, from 1.';
COMMENT ON COLUMN import_verdicts.verdict IS 'accepted, duplicate, correction, held, ignored or rejected.';
COMMENT ON COLUMN import_verdicts.doubts IS 'Columns whose value was set to unknown or repaired.';
COMMENT ON COLUMN import_verdicts.reason IS 'Why, where that is not plain.';
COMMENT ON COLUMN import_verdicts.report_id IS 'The report it became or belongs to; empty if none.';

CREATE TABLE answered_requests (
    client text NOT NULL,
    idempotency_key text NOT NULL,
    body_hash text NOT NULL,
    status integer NOT NULL,
    body jsonb NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (client, idempotency_key)
);
COMMENT ON TABLE answered_requests IS 'What was answered under which key: the same asking gets the same answer.';
COMMENT ON COLUMN answered_requests.client IS 'Who asked, as it calls itself.';
COMMENT ON COLUMN answered_requests.idempotency_key IS 'The key it gave.';
COMMENT ON COLUMN answered_requests.body_hash IS 'Hash of what it sent: another body under the key is refused.';
COMMENT ON COLUMN answered_requests.status IS 'The first answer''s status.';
COMMENT ON COLUMN answered_requests.body IS 'The first answer, given again.';
COMMENT ON COLUMN answered_requests.answered_at IS 'When it was answered.';

CREATE TABLE needs_seen (
    need_id text PRIMARY KEY,
    kind text NOT NULL,
    state text NOT NULL,
    queue text NOT NULL,
    sequence integer NOT NULL,
    public_key bytea
);
COMMENT ON TABLE needs_seen IS 'How each need stands, never where: no facility, no region.';
COMMENT ON COLUMN needs_seen.need_id IS 'Random id, made by the router.';
COMMENT ON COLUMN needs_seen.kind IS 'What is needed.';
COMMENT ON COLUMN needs_seen.state IS 'asked, answered, with_person, arrived, closed or withdrawn; before_court, awaiting_bed, in_treatment, missing.';
COMMENT ON COLUMN needs_seen.queue IS 'With whom, if it is with a person.';
COMMENT ON COLUMN needs_seen.sequence IS 'Counts its changes; an older one never overwrites.';
COMMENT ON COLUMN needs_seen.public_key IS 'One-time key of its confirmed holder; null without one.';

CREATE TABLE report_needs (
    report_id text NOT NULL,
    need_id text NOT NULL,
    PRIMARY KEY (report_id, need_id)
);
COMMENT ON TABLE report_needs IS 'Which needs a report is answered by; several reports about one person may rest on one need.';
COMMENT ON COLUMN report_needs.report_id IS 'The report.';
COMMENT ON COLUMN report_needs.need_id IS 'The need that answers it.';

CREATE TABLE victim_answers (
    report_id text PRIMARY KEY REFERENCES reports (report_id),
    asked_apart boolean NOT NULL,
    consent text NOT NULL,
    contact_kind text NOT NULL,
    contact_detail text NOT NULL,
    by text NOT NULL,
    answered_at timestamptz NOT NULL
);
COMMENT ON TABLE victim_answers IS 'What she herself answered; a journal that is silent never takes it back.';
COMMENT ON COLUMN victim_answers.report_id IS 'The report it is about.';
COMMENT ON COLUMN victim_answers.asked_apart IS 'Was she asked apart from the other person.';
COMMENT ON COLUMN victim_answers.consent IS 'What she said about help.';
COMMENT ON COLUMN victim_answers.contact_kind IS 'never, only_at or through_trusted_person.';
COMMENT ON COLUMN victim_answers.contact_detail IS 'Hours, number and code word, or who the trusted person is.';
COMMENT ON COLUMN victim_answers.by IS 'Who asked her.';
COMMENT ON COLUMN victim_answers.answered_at IS 'When it was kept.';

CREATE TABLE person_judgements (
    person_id text NOT NULL REFERENCES persons (person_id),
    other_id text NOT NULL REFERENCES persons (person_id),
    verdict text NOT NULL,
    by text NOT NULL,
    judged_at timestamptz NOT NULL
);
CREATE INDEX person_judgements_person ON person_judgements (person_id);
COMMENT ON TABLE person_judgements IS 'Who said, and when, that two rows are one human, or are not; never overwritten.';
COMMENT ON COLUMN person_judgements.person_id IS 'The row in doubt.';
COMMENT ON COLUMN person_judgements.other_id IS 'The row it was held against.';
COMMENT ON COLUMN person_judgements.verdict IS 'same, different or parted.';
COMMENT ON COLUMN person_judgements.by IS 'Who judged.';
COMMENT ON COLUMN person_judgements.judged_at IS 'When.';

CREATE TABLE need_changes (
    need_id text NOT NULL,
    sequence integer NOT NULL,
    state text NOT NULL,
    queue text NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (need_id, sequence)
);
COMMENT ON TABLE need_changes IS 'When police heard of each change of a need; never where.';
COMMENT ON COLUMN need_changes.need_id IS 'The need.';
COMMENT ON COLUMN need_changes.sequence IS 'Counts its changes.';
COMMENT ON COLUMN need_changes.state IS 'How it stood from then on.';
COMMENT ON COLUMN need_changes.queue IS 'With whom, if it was with a person.';
COMMENT ON COLUMN need_changes.seen_at IS 'When it was heard here.';

-- Who sees which row: made of wall.toml. The owner passes while nobody asks; a page sees what its actor may.
ALTER TABLE reports ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON reports TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON reports FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (region = (SELECT wall_of('region'))) OR (SELECT wall_scope()) = 'station' AND (station = (SELECT wall_of('station'))));

ALTER TABLE persons ENABLE ROW LEVEL SECURITY;
ALTER TABLE persons FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON persons TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON persons FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE persons.person_id IN (reports.victim_id, reports.respondent_id)));

ALTER TABLE report_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON report_versions TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON report_versions FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = report_versions.report_id));

ALTER TABLE victim_answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE victim_answers FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON victim_answers TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON victim_answers FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = victim_answers.report_id));

ALTER TABLE report_needs ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_needs FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON report_needs TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON report_needs FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = report_needs.report_id));

ALTER TABLE needs_seen ENABLE ROW LEVEL SECURITY;
ALTER TABLE needs_seen FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON needs_seen TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON needs_seen FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM report_needs WHERE report_needs.need_id = needs_seen.need_id));

ALTER TABLE need_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE need_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON need_changes TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON need_changes FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM report_needs WHERE report_needs.need_id = need_changes.need_id));

ALTER TABLE person_judgements ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_judgements FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON person_judgements TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON person_judgements FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM persons WHERE persons.person_id = person_judgements.person_id));

ALTER TABLE held_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE held_records FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON held_records TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON held_records FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (content ->> 'station' IN (SELECT station FROM reports)) OR (SELECT wall_scope()) = 'station' AND (content ->> 'station' = (SELECT wall_of('station'))));
