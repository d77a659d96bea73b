-- How the tables are today; migrations/ leads here, and tests/plumbing/test_migrate.py proves it.
-- Beside them stand the tables every service has: plumbing/tables.sql.

CREATE TABLE persons (
    person_id text PRIMARY KEY,
    victim_ref text NOT NULL UNIQUE,
    respondent_ref text NOT NULL UNIQUE,
    same_as text REFERENCES persons (person_id),
    sealed bytea,
    iin_index bytea,
    name_index bytea,
    erased_at timestamptz
);
CREATE UNIQUE INDEX persons_iin ON persons (iin_index) WHERE iin_index IS NOT NULL;
CREATE INDEX persons_named ON persons (name_index) WHERE name_index IS NOT NULL;
CREATE INDEX persons_same ON persons (same_as) WHERE same_as IS NOT NULL;
COMMENT ON TABLE persons IS 'The only table that knows who anybody is, and the only one that joins the sides'' ids to a name.';
COMMENT ON COLUMN persons.person_id IS 'Random id; never leaves police.';
COMMENT ON COLUMN persons.victim_ref IS 'What the victim''s side calls this person; random.';
COMMENT ON COLUMN persons.respondent_ref IS 'What the respondent''s side calls this person; random, and no other side''s id.';
COMMENT ON COLUMN persons.same_as IS 'Another row a named person said to be the same human; null if none. Taken away, everything is as before.';
COMMENT ON COLUMN persons.sealed IS 'Folded name, name, birth date and identity number, sealed under this row''s key; noise once erased.';
COMMENT ON COLUMN persons.iin_index IS 'Blind index of the identity number, only one that passed every check; null if none.';
COMMENT ON COLUMN persons.name_index IS 'Blind index of folded name and birth date; null without a birth date.';
COMMENT ON COLUMN persons.erased_at IS 'When the key was destroyed; null while the person is known.';

CREATE TABLE reports (
    report_id text PRIMARY KEY,
    version integer NOT NULL,
    active boolean NOT NULL,
    victim_id text NOT NULL REFERENCES persons (person_id),
    respondent_id text REFERENCES persons (person_id),
    household_ref text NOT NULL,
    extracted_at timestamptz,
    recorded_at timestamptz NOT NULL,
    consent text NOT NULL,
    region text NOT NULL,
    station text NOT NULL,
    kept_at timestamptz NOT NULL,
    closed_reason text,
    closed_by text,
    sealed bytea,
    number_index bytea,
    erased_at timestamptz
);
CREATE INDEX reports_number ON reports (number_index) WHERE number_index IS NOT NULL;
CREATE INDEX reports_victim ON reports (victim_id);
CREATE INDEX reports_respondent ON reports (respondent_id);
CREATE INDEX reports_station ON reports (station, recorded_at);
COMMENT ON TABLE reports IS 'Every report as it stands now.';
COMMENT ON COLUMN reports.report_id IS 'Random id made here.';
COMMENT ON COLUMN reports.version IS 'Counts its contents from 1.';
COMMENT ON COLUMN reports.active IS 'False once it was taken back.';
COMMENT ON COLUMN reports.victim_id IS 'Who was harmed, as a person.';
COMMENT ON COLUMN reports.respondent_id IS 'The person named in the report; null if nobody.';
COMMENT ON COLUMN reports.household_ref IS 'The victim''s home as the social side knows it; random.';
COMMENT ON COLUMN reports.extracted_at IS 'When the journal was written out; null for one that came by form.';
COMMENT ON COLUMN reports.recorded_at IS 'When police recorded it.';
COMMENT ON COLUMN reports.consent IS 'What she said about help.';
COMMENT ON COLUMN reports.region IS 'ISO 3166-2 code of the region, or unknown.';
COMMENT ON COLUMN reports.station IS 'The station that recorded it.';
COMMENT ON COLUMN reports.kept_at IS 'When it was first kept here.';
COMMENT ON COLUMN reports.closed_reason IS 'Why it was taken back; null while active.';
COMMENT ON COLUMN reports.closed_by IS 'Who took it back.';
COMMENT ON COLUMN reports.sealed IS 'Station, year and number of the journal, and the folded address, sealed under the report''s key.';
COMMENT ON COLUMN reports.number_index IS 'Blind index of station, year and number; the victim is the fourth part. Null once erased.';
COMMENT ON COLUMN reports.erased_at IS 'When the key of its contents was destroyed; null before.';

CREATE TABLE report_versions (
    report_id text NOT NULL REFERENCES reports (report_id),
    version integer NOT NULL,
    doubts text[] NOT NULL,
    kept_at timestamptz NOT NULL,
    sealed bytea,
    content_index bytea,
    iin_indexes bytea[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (report_id, version)
);
CREATE INDEX report_versions_content ON report_versions (content_index) WHERE content_index IS NOT NULL;
COMMENT ON TABLE report_versions IS 'Every content a report ever had, as it was written; nothing is overwritten.';
COMMENT ON COLUMN report_versions.report_id IS 'The report.';
COMMENT ON COLUMN report_versions.version IS 'Which content of it.';
COMMENT ON COLUMN report_versions.doubts IS 'Columns whose value was set to unknown or repaired.';
COMMENT ON COLUMN report_versions.kept_at IS 'When it was kept.';
COMMENT ON COLUMN report_versions.sealed IS 'Every field as it was written and as it was read, and the hash of both, sealed under the report''s key.';
COMMENT ON COLUMN report_versions.content_index IS 'Blind index of the content: that is how a duplicate is known. Null once erased.';
COMMENT ON COLUMN report_versions.iin_indexes IS 'Blind indexes of the identity numbers in it, also of doubtful ones.';

CREATE TABLE held_records (
    held_id text PRIMARY KEY,
    verdict text NOT NULL,
    reason text NOT NULL,
    kept_at timestamptz NOT NULL,
    extracted_at timestamptz,
    doubts text[] NOT NULL DEFAULT '{}',
    outcome text,
    report_id text,
    closed_by text,
    closed_at timestamptz,
    sealed bytea,
    content_index bytea UNIQUE,
    erased_at timestamptz,
    station text NOT NULL DEFAULT ''
);
COMMENT ON TABLE held_records IS 'What could not be taken as a report yet: kept as it came, an officer''s task on a clock.';
COMMENT ON COLUMN held_records.held_id IS 'Random id; the officer''s task is about it.';
COMMENT ON COLUMN held_records.verdict IS 'held, rejected or refused.';
COMMENT ON COLUMN held_records.reason IS 'Why, in one sentence.';
COMMENT ON COLUMN held_records.kept_at IS 'When it was kept.';
COMMENT ON COLUMN held_records.extracted_at IS 'When its journal was written out; null if unknown.';
COMMENT ON COLUMN held_records.doubts IS 'Columns whose value was doubted when it was read.';
COMMENT ON COLUMN held_records.outcome IS 'registered, correction, duplicate or no_report; null while it waits.';
COMMENT ON COLUMN held_records.report_id IS 'The report it became or belongs to; null while it waits, empty if none.';
COMMENT ON COLUMN held_records.closed_by IS 'Who settled it.';
COMMENT ON COLUMN held_records.closed_at IS 'When it was settled; null while it waits.';
COMMENT ON COLUMN held_records.station IS 'The station its journal named; empty if none could be told.';
COMMENT ON COLUMN held_records.sealed IS 'Every field as it came, sealed under this record''s key.';
COMMENT ON COLUMN held_records.content_index IS 'Blind index: equal content is kept once. Null once erased.';
COMMENT ON COLUMN held_records.erased_at IS 'When its key was destroyed; null before.';

CREATE TABLE import_runs (
    run_id text PRIMARY KEY,
    file_hash text NOT NULL,
    file_name text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    records integer,
    file_path text NOT NULL DEFAULT '',
    file_host text NOT NULL DEFAULT '',
    file_destroyed_at timestamptz
);
CREATE UNIQUE INDEX import_runs_open ON import_runs (file_hash) WHERE finished_at IS NULL;
COMMENT ON TABLE import_runs IS 'Each import of a file; an unfinished one is taken up again where it stopped.';
COMMENT ON COLUMN import_runs.run_id IS 'Random id of one import.';
COMMENT ON COLUMN import_runs.file_hash IS 'Hash of the file''s bytes: the same bytes take up the same run.';
COMMENT ON COLUMN import_runs.file_name IS 'What the file was called.';
COMMENT ON COLUMN import_runs.started_at IS 'When it began.';
COMMENT ON COLUMN import_runs.finished_at IS 'When its last record had a verdict; null before.';
COMMENT ON COLUMN import_runs.records IS 'How many records the file held, counted apart from the verdicts; null until the end.';
COMMENT ON COLUMN import_runs.file_path IS 'Where it lies; empty if it is kept outside, or destroyed.';
COMMENT ON COLUMN import_runs.file_host IS 'On which machine.';
COMMENT ON COLUMN import_runs.file_destroyed_at IS 'When it was destroyed; its hash stays. Null before.';

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
COMMENT ON COLUMN answered_requests.body_hash IS 'Keyed hash of what it sent: another body under the key is refused.';
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
    by text NOT NULL,
    answered_at timestamptz NOT NULL,
    sealed bytea
);
COMMENT ON TABLE victim_answers IS 'What she herself answered; a journal that is silent never takes it back.';
COMMENT ON COLUMN victim_answers.report_id IS 'The report it is about.';
COMMENT ON COLUMN victim_answers.asked_apart IS 'Was she asked apart from the other person.';
COMMENT ON COLUMN victim_answers.consent IS 'What she said about help.';
COMMENT ON COLUMN victim_answers.by IS 'Who asked her.';
COMMENT ON COLUMN victim_answers.answered_at IS 'When it was kept.';
COMMENT ON COLUMN victim_answers.sealed IS 'How she may be reached safely, sealed under the report''s key.';

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
