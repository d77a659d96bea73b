-- How the tables are today; migrations/ leads here, and tests/plumbing/test_migrate.py proves it.
-- Beside them stand the tables every service has: plumbing/tables.sql.

CREATE TABLE reports (
    report_id text PRIMARY KEY,
    version integer NOT NULL,
    victim_ref text NOT NULL,
    respondent_ref text,
    household_ref text NOT NULL,
    active boolean NOT NULL,
    content json NOT NULL,
    assessed_at timestamptz NOT NULL
);
CREATE INDEX reports_victim ON reports (victim_ref);
CREATE INDEX reports_respondent ON reports (respondent_ref);
CREATE INDEX reports_household ON reports (household_ref);
COMMENT ON TABLE reports IS 'The latest content of every report; what the law found in it stands in its decisions. No identity.';
COMMENT ON COLUMN reports.report_id IS 'The report''s random id.';
COMMENT ON COLUMN reports.version IS 'Which content of it was assessed last.';
COMMENT ON COLUMN reports.victim_ref IS 'The victim, as the victim''s side knows her.';
COMMENT ON COLUMN reports.respondent_ref IS 'The respondent, as his side knows him; null if nobody is known.';
COMMENT ON COLUMN reports.household_ref IS 'The household, as the social side knows it.';
COMMENT ON COLUMN reports.active IS 'False once it was taken back.';
COMMENT ON COLUMN reports.content IS 'Codes and times only, as heard.';
COMMENT ON COLUMN reports.assessed_at IS 'When the law was asked.';

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
    changed_at timestamptz NOT NULL,
    grade text NOT NULL DEFAULT ''
);
CREATE INDEX needs_report ON needs (report_id);
CREATE UNIQUE INDEX needs_nobody_twice ON needs (subject_ref, kind)
    WHERE state IN ('asked', 'withdrawing', 'held', 'with_person', 'arrived');
CREATE INDEX needs_waiting ON needs (region, opened_at) WHERE state = 'with_person' AND kind = 'shelter';
COMMENT ON TABLE needs IS 'The only table that joins the sides, and it holds no identity; the unique index is why nobody is referred twice.';
COMMENT ON COLUMN needs.need_id IS 'Random id; the only one the sides share.';
COMMENT ON COLUMN needs.report_id IS 'The report that calls for it; handed over if that one is taken back.';
COMMENT ON COLUMN needs.kind IS 'shelter, offer_help, child_help, mirror_review, detox, examination or child_notice.';
COMMENT ON COLUMN needs.subject_ref IS 'The life it is about.';
COMMENT ON COLUMN needs.region IS 'ISO 3166-2 code of the region, or unknown.';
COMMENT ON COLUMN needs.adults IS 'How many adults come.';
COMMENT ON COLUMN needs.children IS 'How many children come.';
COMMENT ON COLUMN needs.guest_sex IS 'female, male or unknown.';
COMMENT ON COLUMN needs.guest_age IS 'child, adult, elder or unknown.';
COMMENT ON COLUMN needs.intoxication IS 'What police saw.';
COMMENT ON COLUMN needs.rule_id IS 'The rule that opened it.';
COMMENT ON COLUMN needs.basis IS 'Rule and citation in words, with their certainty.';
COMMENT ON COLUMN needs.state IS 'asked, withdrawing, held, with_person, arrived, left, settled or withdrawn; before_court, awaiting_bed, in_treatment, missing.';
COMMENT ON COLUMN needs.queue IS 'Whose it is while with a person; else empty.';
COMMENT ON COLUMN needs.attempt IS 'The attempt that counts now; 0 before the first.';
COMMENT ON COLUMN needs.facility_code IS 'Who was asked in that attempt.';
COMMENT ON COLUMN needs.tried IS 'Everybody asked so far, in order: attempt n is the n-th.';
COMMENT ON COLUMN needs.round_from IS 'Where this round begins in tried; nobody is asked twice in one.';
COMMENT ON COLUMN needs.sequence IS 'Counts its changes.';
COMMENT ON COLUMN needs.public_key IS 'One-time key of its confirmed holder; null without one.';
COMMENT ON COLUMN needs.opened_at IS 'When it was opened.';
COMMENT ON COLUMN needs.changed_at IS 'When it last changed.';
COMMENT ON COLUMN needs.grade IS 'Grade of risk by which work on it is ordered; empty if nobody was graded, or it is no need of hers.';

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
COMMENT ON COLUMN attempts.need_id IS 'The need.';
COMMENT ON COLUMN attempts.attempt IS 'Counts from 1, and never back.';
COMMENT ON COLUMN attempts.facility_code IS 'Who was asked.';
COMMENT ON COLUMN attempts.asked_at IS 'When.';
COMMENT ON COLUMN attempts.outcome IS 'held, silent, decided, a refusal''s code or how a hold ended; empty while awaited.';
COMMENT ON COLUMN attempts.ended_at IS 'When it ended; null while awaited.';

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
COMMENT ON COLUMN facilities.code IS 'Its code in its own service.';
COMMENT ON COLUMN facilities.region IS 'ISO 3166-2 code of its region.';
COMMENT ON COLUMN facilities.kind IS 'crisis_centre, detox, narcology or akimat.';
COMMENT ON COLUMN facilities.free IS 'Free places as published, less what was asked since.';
COMMENT ON COLUMN facilities.admits_men IS 'Whether men are taken.';
COMMENT ON COLUMN facilities.is_open IS 'Whether anybody is taken now.';
COMMENT ON COLUMN facilities.sequence IS 'Counts what it published; an older one never overwrites.';

CREATE TABLE notes (
    need_id text NOT NULL REFERENCES needs (need_id),
    noted_at timestamptz NOT NULL,
    said text NOT NULL,
    by text NOT NULL,
    channel text NOT NULL,
    answered_by text NOT NULL,
    note_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY
);
CREATE INDEX notes_need ON notes (need_id, noted_at);
COMMENT ON TABLE notes IS 'Notes by name: what somebody said by telephone. The owner of a place records the answer itself, on its own page.';
COMMENT ON COLUMN notes.need_id IS 'The need.';
COMMENT ON COLUMN notes.noted_at IS 'When it was noted.';
COMMENT ON COLUMN notes.said IS 'taken_over, will_answer, no_place, found_elsewhere or not_reached: a code, so that nobody''s story is kept here.';
COMMENT ON COLUMN notes.by IS 'Who noted it, as typed.';
COMMENT ON COLUMN notes.channel IS 'page or telephone.';
COMMENT ON COLUMN notes.answered_by IS 'Who spoke at the other end, as typed; empty if nobody.';
COMMENT ON COLUMN notes.note_id IS 'The order of notes.';

CREATE TABLE her_say (
    report_id text PRIMARY KEY,
    version integer NOT NULL,
    state text NOT NULL,
    purposes text[] NOT NULL,
    recipients text[] NOT NULL,
    until timestamptz,
    disclosed integer NOT NULL,
    reason text NOT NULL,
    disclosed_until timestamptz
);
COMMENT ON TABLE her_say IS 'What stands of her say about a report: asked before every attempt. None for a report from before there were contracts.';
COMMENT ON COLUMN her_say.report_id IS 'The report.';
COMMENT ON COLUMN her_say.version IS 'Which say of hers; 0 if she was never asked within a notice.';
COMMENT ON COLUMN her_say.state IS 'given or withdrawn; empty with version 0.';
COMMENT ON COLUMN her_say.purposes IS 'For what she agrees.';
COMMENT ON COLUMN her_say.recipients IS 'To which kinds of receiver.';
COMMENT ON COLUMN her_say.until IS 'From then on it covers nothing new; null if nothing is given.';
COMMENT ON COLUMN her_say.disclosed IS 'Which disclosure without her consent stands; 0 for none.';
COMMENT ON COLUMN her_say.reason IS 'Code of its ground; empty for none.';
COMMENT ON COLUMN her_say.disclosed_until IS 'From then on it covers nothing new; null for none.';

CREATE TABLE holders_told (
    need_id text NOT NULL,
    report_id text NOT NULL,
    version integer NOT NULL,
    attempt integer NOT NULL,
    acknowledged boolean NOT NULL,
    told_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    PRIMARY KEY (need_id, report_id, version)
);
COMMENT ON TABLE holders_told IS 'Who was told that she agrees no longer, and who has destroyed the key of her card.';
COMMENT ON COLUMN holders_told.need_id IS 'The need whose holder it is.';
COMMENT ON COLUMN holders_told.report_id IS 'The report she spoke about.';
COMMENT ON COLUMN holders_told.version IS 'Which say of hers.';
COMMENT ON COLUMN holders_told.attempt IS 'The holder''s attempt.';
COMMENT ON COLUMN holders_told.acknowledged IS 'True once it said so.';
COMMENT ON COLUMN holders_told.told_at IS 'When it was told.';
COMMENT ON COLUMN holders_told.acknowledged_at IS 'When it said so; null before.';

CREATE TABLE risks (
    report_id text PRIMARY KEY,
    version integer NOT NULL,
    grade text NOT NULL,
    leaves_region boolean NOT NULL
);
COMMENT ON TABLE risks IS 'The grade of risk that stands for each report that was graded: it orders work and shortens deadlines, and is no evidence.';
COMMENT ON COLUMN risks.report_id IS 'The report.';
COMMENT ON COLUMN risks.version IS 'Which step of police it is; an older one never overwrites a newer one.';
COMMENT ON COLUMN risks.grade IS 'standard, medium, high or extreme.';
COMMENT ON COLUMN risks.leaves_region IS 'She wants a place outside her region.';

-- Who sees which row: made of wall.toml. The owner passes while nobody asks; a page sees what its actor may.
ALTER TABLE needs ENABLE ROW LEVEL SECURITY;
ALTER TABLE needs FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON needs TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON needs FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (region = (SELECT wall_of('region'))));

ALTER TABLE reports ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON reports TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON reports FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (content ->> 'region' = (SELECT wall_of('region'))));

ALTER TABLE attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON attempts TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON attempts FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM needs WHERE needs.need_id = attempts.need_id));

ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON notes TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON notes FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM needs WHERE needs.need_id = notes.need_id));

ALTER TABLE decisions ENABLE ROW LEVEL SECURITY;
CREATE POLICY at_work ON decisions TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON decisions FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (EXISTS (SELECT 1 FROM reports WHERE report_id = key) OR EXISTS (SELECT 1 FROM needs WHERE need_id = key)));

ALTER TABLE her_say ENABLE ROW LEVEL SECURITY;
ALTER TABLE her_say FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON her_say TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON her_say FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = her_say.report_id));

ALTER TABLE holders_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE holders_told FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON holders_told TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON holders_told FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM needs WHERE needs.need_id = holders_told.need_id));

ALTER TABLE risks ENABLE ROW LEVEL SECURITY;
ALTER TABLE risks FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON risks TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON risks FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = risks.report_id));
