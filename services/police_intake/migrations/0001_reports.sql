-- Reports with all their versions, the people in them, what was set aside, and what was answered.

CREATE TABLE persons (
    person_id text PRIMARY KEY,
    folded_name text NOT NULL,
    name text NOT NULL,
    birth_date date,
    iin text,
    victim_ref text NOT NULL UNIQUE,
    respondent_ref text NOT NULL UNIQUE
);
CREATE UNIQUE INDEX persons_iin ON persons (iin) WHERE iin IS NOT NULL;
CREATE INDEX persons_named ON persons (folded_name, birth_date);
COMMENT ON TABLE persons IS 'The only table that knows who anybody is, and the only one that joins the sides'' ids to a name.';

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
COMMENT ON TABLE reports IS 'Every report as it stands now.';

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

CREATE TABLE held_records (
    held_id text PRIMARY KEY,
    verdict text NOT NULL,
    reason text NOT NULL,
    content jsonb NOT NULL,
    content_hash text NOT NULL UNIQUE,
    kept_at timestamptz NOT NULL
);
COMMENT ON TABLE held_records IS 'What could not be taken as a report yet: kept as it came, an officer''s task on a clock.';

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

CREATE TABLE needs_seen (
    need_id text PRIMARY KEY,
    kind text NOT NULL,
    state text NOT NULL,
    queue text NOT NULL,
    sequence integer NOT NULL,
    public_key bytea
);
COMMENT ON TABLE needs_seen IS 'How each need stands, never where: no facility, no region.';

CREATE TABLE report_needs (
    report_id text NOT NULL,
    need_id text NOT NULL,
    PRIMARY KEY (report_id, need_id)
);
COMMENT ON TABLE report_needs IS 'Which needs a report is answered by; several reports about one person may rest on one need.';
