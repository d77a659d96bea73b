-- What an officer does on the pages: held records completed, her own answers kept, doubles judged; when needs changed.

ALTER TABLE persons ADD COLUMN same_as text REFERENCES persons (person_id);
CREATE INDEX persons_same ON persons (same_as) WHERE same_as IS NOT NULL;
COMMENT ON COLUMN persons.same_as IS 'Another row a named person said to be the same human; null if none. Taken away, everything is as before.';

CREATE INDEX reports_station ON reports (station, recorded_at);

ALTER TABLE held_records
    ADD COLUMN extracted_at timestamptz,
    ADD COLUMN doubts text[] NOT NULL DEFAULT '{}',
    ADD COLUMN outcome text,
    ADD COLUMN report_id text,
    ADD COLUMN closed_by text,
    ADD COLUMN closed_at timestamptz;
COMMENT ON COLUMN held_records.extracted_at IS 'When its journal was written out; null if unknown.';
COMMENT ON COLUMN held_records.doubts IS 'Columns whose value was doubted when it was read.';
COMMENT ON COLUMN held_records.outcome IS 'registered, correction, duplicate or no_report; null while it waits.';
COMMENT ON COLUMN held_records.report_id IS 'The report it became or belongs to; null while it waits, empty if none.';
COMMENT ON COLUMN held_records.closed_by IS 'Who settled it.';
COMMENT ON COLUMN held_records.closed_at IS 'When it was settled; null while it waits.';

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
