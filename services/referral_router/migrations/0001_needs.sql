-- Reports as the router knows them, what they call for, who was asked, and what facilities say of themselves.

CREATE TABLE reports (
    report_id text PRIMARY KEY,
    version integer NOT NULL,
    victim_ref text NOT NULL,
    respondent_ref text,
    household_ref text NOT NULL,
    active boolean NOT NULL,
    content jsonb NOT NULL,
    findings jsonb NOT NULL,
    assessed_at timestamptz NOT NULL
);
CREATE INDEX reports_victim ON reports (victim_ref);
CREATE INDEX reports_respondent ON reports (respondent_ref);
CREATE INDEX reports_household ON reports (household_ref);
COMMENT ON TABLE reports IS 'The latest content of every report and what the law found in it; no identity.';

CREATE TABLE needs (
    need_id text PRIMARY KEY,
    report_id text NOT NULL REFERENCES reports (report_id),
    kind text NOT NULL,
    subject_ref text NOT NULL,
    region text NOT NULL,
    adults integer NOT NULL,
    children integer NOT NULL,
    guest_sex text NOT NULL,
    guest_age text NOT NULL,
    intoxication text NOT NULL,
    rule_id text NOT NULL,
    basis text NOT NULL,
    state text NOT NULL,
    queue text NOT NULL,
    attempt integer NOT NULL,
    facility_code text NOT NULL,
    tried text[] NOT NULL,
    round_from integer NOT NULL,
    sequence integer NOT NULL,
    public_key bytea,
    opened_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX needs_report ON needs (report_id);
CREATE UNIQUE INDEX needs_nobody_twice ON needs (subject_ref, kind)
    WHERE state IN ('asked', 'withdrawing', 'held', 'with_person', 'arrived');
CREATE INDEX needs_waiting ON needs (region, opened_at) WHERE state = 'with_person' AND kind = 'shelter';
COMMENT ON TABLE needs IS 'The only table that joins the sides, and it holds no identity; the unique index is why nobody is referred twice.';

CREATE TABLE attempts (
    need_id text NOT NULL REFERENCES needs (need_id),
    attempt integer NOT NULL,
    facility_code text NOT NULL,
    asked_at timestamptz NOT NULL,
    outcome text NOT NULL DEFAULT '',
    ended_at timestamptz,
    PRIMARY KEY (need_id, attempt)
);
COMMENT ON TABLE attempts IS 'Who was asked for a need, in order, and how each attempt ended.';

CREATE TABLE facilities (
    code text PRIMARY KEY,
    region text NOT NULL,
    kind text NOT NULL,
    free integer NOT NULL,
    admits_men boolean NOT NULL,
    is_open boolean NOT NULL,
    sequence bigint NOT NULL
);
COMMENT ON TABLE facilities IS 'What facilities last published; it ranks, it never decides about a place.';
