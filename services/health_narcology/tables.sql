-- How the tables are today; migrations/ leads here, and tests/health_narcology/test_store.py proves it.
-- Beside them stand the tables every service has: plumbing/migrations/.

CREATE TABLE facilities (
    code text PRIMARY KEY,
    region text NOT NULL,
    kind text NOT NULL,
    beds integer NOT NULL CHECK (beds >= 0),
    is_open boolean NOT NULL,
    sequence bigint NOT NULL,
    beds_before integer NOT NULL DEFAULT 0 CHECK (beds_before >= 0 AND beds_before <= beds)
);
COMMENT ON TABLE facilities IS 'Detox centres, narcology organisations and treatment facilities.';
COMMENT ON COLUMN facilities.code IS 'Its code in directory.toml, and on the wire.';
COMMENT ON COLUMN facilities.region IS 'ISO 3166-2 code of its region.';
COMMENT ON COLUMN facilities.kind IS 'detox (lends beds to sober up), narcology (examines) or treatment (by a court''s ruling).';
COMMENT ON COLUMN facilities.beds IS 'Beds that can be held, numbered from 1; 0 for narcology, whose beds are its own.';
COMMENT ON COLUMN facilities.is_open IS 'Whether anybody is taken now.';
COMMENT ON COLUMN facilities.sequence IS 'Counts what was published of the free beds.';
COMMENT ON COLUMN facilities.beds_before IS 'Treatment beds still taken by patients from before this service began: the highest numbers.';

CREATE TABLE referrals (
    need_id text NOT NULL,
    attempt integer NOT NULL,
    kind text NOT NULL,
    facility_code text NOT NULL,
    state text NOT NULL,
    intoxication text NOT NULL,
    basis text NOT NULL,
    until timestamptz NOT NULL,
    asked_at timestamptz NOT NULL,
    held_at timestamptz,
    brought_at timestamptz,
    admitted_at timestamptz,
    ended_at timestamptz,
    code text NOT NULL,
    sealed bytea,
    public_key bytea,
    PRIMARY KEY (need_id, attempt)
);
CREATE INDEX referrals_live ON referrals (until, need_id) WHERE ended_at IS NULL;
COMMENT ON TABLE referrals IS 'Every attempt at a need this agency was asked for, and how it stands.';
COMMENT ON COLUMN referrals.need_id IS 'Random id of the need; known to the router and here only.';
COMMENT ON COLUMN referrals.attempt IS 'Which attempt at the need, counted from 1 by the router.';
COMMENT ON COLUMN referrals.kind IS 'detox or examination, as it was asked.';
COMMENT ON COLUMN referrals.facility_code IS 'Who was asked; may be unknown here, then it was refused.';
COMMENT ON COLUMN referrals.state IS 'Where it stands in transitions.toml.';
COMMENT ON COLUMN referrals.intoxication IS 'What police saw: an observation, no finding.';
COMMENT ON COLUMN referrals.basis IS 'Rule and citation on which the proposal rests.';
COMMENT ON COLUMN referrals.until IS 'detox: when the hold ends by itself; examination: by when the narcologist decides.';
COMMENT ON COLUMN referrals.asked_at IS 'When it was answered here for the first time.';
COMMENT ON COLUMN referrals.held_at IS 'From when a bed was held for him; held is not brought.';
COMMENT ON COLUMN referrals.brought_at IS 'When police brought him; examined within 30 minutes.';
COMMENT ON COLUMN referrals.admitted_at IS 'When he was admitted; the stay of 24, at most 48 hours counts from here.';
COMMENT ON COLUMN referrals.ended_at IS 'When it reached a last state; empty while somebody still has something to do.';
COMMENT ON COLUMN referrals.code IS 'Why it was refused; mild, severe and other_illness never leave this database.';
COMMENT ON COLUMN referrals.sealed IS 'The contact card as it came; readable only while its one-time key exists.';
COMMENT ON COLUMN referrals.public_key IS 'The key to which the card may be sealed.';

CREATE TABLE holds (
    facility_code text NOT NULL REFERENCES facilities (code),
    bed integer NOT NULL CHECK (bed > 0),
    need_id text NOT NULL,
    attempt integer NOT NULL,
    since timestamptz NOT NULL,
    released_at timestamptz,
    PRIMARY KEY (need_id, attempt)
);
CREATE UNIQUE INDEX holds_one_patient_a_bed ON holds (facility_code, bed) WHERE released_at IS NULL;
COMMENT ON TABLE holds IS 'Who has which bed; the unique index is why no bed is given twice.';
COMMENT ON COLUMN holds.facility_code IS 'The centre.';
COMMENT ON COLUMN holds.bed IS 'The number of the bed, from 1 to facilities.beds.';
COMMENT ON COLUMN holds.need_id IS 'For whose need.';
COMMENT ON COLUMN holds.attempt IS 'At which attempt.';
COMMENT ON COLUMN holds.since IS 'From when.';
COMMENT ON COLUMN holds.released_at IS 'Until when; empty while nobody else can have the bed.';

CREATE TABLE cases (
    need_id text NOT NULL,
    attempt integer NOT NULL,
    region text NOT NULL,
    clinic_code text NOT NULL REFERENCES facilities (code),
    state text NOT NULL,
    began_at timestamptz NOT NULL,
    since timestamptz NOT NULL,
    facility_code text NOT NULL,
    bed integer NOT NULL,
    stay integer NOT NULL,
    code text NOT NULL,
    months integer NOT NULL,
    anywhere boolean NOT NULL,
    contested boolean NOT NULL,
    in_force_at timestamptz,
    until timestamptz,
    ended_at timestamptz,
    erase_at_end boolean NOT NULL DEFAULT false,
    PRIMARY KEY (need_id, attempt)
);
CREATE INDEX cases_queued ON cases (in_force_at, need_id) WHERE state = 'queued';
CREATE INDEX cases_live ON cases (began_at, need_id) WHERE ended_at IS NULL;
COMMENT ON TABLE cases IS 'Compulsory-treatment cases, each begun by a narcologist on one attempt at a need.';
COMMENT ON COLUMN cases.need_id IS 'The need of the examination; its referral carries card and key until the case ends.';
COMMENT ON COLUMN cases.attempt IS 'The attempt at that need.';
COMMENT ON COLUMN cases.region IS 'Region of the clinic: beds near home are offered first.';
COMMENT ON COLUMN cases.clinic_code IS 'The narcology organisation that examined and petitions.';
COMMENT ON COLUMN cases.state IS 'Where it stands in transitions_of_cases.toml.';
COMMENT ON COLUMN cases.began_at IS 'When the narcologist found that treatment is needed.';
COMMENT ON COLUMN cases.since IS 'When it came into its state.';
COMMENT ON COLUMN cases.facility_code IS 'The treatment facility whose bed it has or last had; empty before.';
COMMENT ON COLUMN cases.bed IS 'The number of the bed it has; 0 for none.';
COMMENT ON COLUMN cases.stay IS 'How many beds it has had, one after the other.';
COMMENT ON COLUMN cases.code IS 'Why it ended; never leaves this database.';
COMMENT ON COLUMN cases.months IS 'The term the court has set; 0 before.';
COMMENT ON COLUMN cases.anywhere IS 'It has waited near home for long enough: a bed in any region will do.';
COMMENT ON COLUMN cases.contested IS 'The report behind it was taken back, and the court has not answered yet: no bed is offered.';
COMMENT ON COLUMN cases.in_force_at IS 'When the ruling came into force: the age of its place in the queue.';
COMMENT ON COLUMN cases.until IS 'When the term ends, counted from the first day in hospital.';
COMMENT ON COLUMN cases.ended_at IS 'When it ended; empty while somebody still has something to do.';
COMMENT ON COLUMN cases.erase_at_end IS 'He was erased where he is known: key and card go, and it is said, when the case ends.';

CREATE TABLE treatment_holds (
    need_id text NOT NULL,
    attempt integer NOT NULL,
    stay integer NOT NULL,
    facility_code text NOT NULL REFERENCES facilities (code),
    bed integer NOT NULL CHECK (bed > 0),
    since timestamptz NOT NULL,
    released_at timestamptz,
    PRIMARY KEY (need_id, attempt, stay)
);
CREATE UNIQUE INDEX treatment_holds_one_patient_a_bed ON treatment_holds (facility_code, bed) WHERE released_at IS NULL;
CREATE UNIQUE INDEX treatment_holds_one_bed_a_case ON treatment_holds (need_id) WHERE released_at IS NULL;
COMMENT ON TABLE treatment_holds IS 'Who has which treatment bed, offered or in it; the unique indexes are why none is given twice.';
COMMENT ON COLUMN treatment_holds.need_id IS 'Whose case.';
COMMENT ON COLUMN treatment_holds.attempt IS 'At which attempt at the need.';
COMMENT ON COLUMN treatment_holds.stay IS 'The first, second, … bed of this case.';
COMMENT ON COLUMN treatment_holds.facility_code IS 'The treatment facility.';
COMMENT ON COLUMN treatment_holds.bed IS 'The number of the bed, from 1 to facilities.beds.';
COMMENT ON COLUMN treatment_holds.since IS 'From when.';
COMMENT ON COLUMN treatment_holds.released_at IS 'Until when; empty while nobody else can have the bed.';

CREATE SCHEMA keys;
COMMENT ON SCHEMA keys IS 'One-time private keys; its rows are left out of every backup (pg_dump --exclude-table-data=keys.*).';
CREATE TABLE keys.one_time (
    need_id text NOT NULL,
    attempt integer NOT NULL,
    private_key bytea NOT NULL,
    PRIMARY KEY (need_id, attempt)
);
COMMENT ON TABLE keys.one_time IS 'Destroyed on release, refusal, withdrawal, or when nobody was brought: the row is deleted.';
COMMENT ON COLUMN keys.one_time.need_id IS 'The need the card is about.';
COMMENT ON COLUMN keys.one_time.attempt IS 'The attempt that was accepted.';
COMMENT ON COLUMN keys.one_time.private_key IS 'X25519, sealed under a data key of its own; in no log, page, event or decision row.';

-- Who sees which row: made of wall.toml. The owner passes while nobody asks; a page sees what its actor may.
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON cases TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON cases FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (region = (SELECT wall_of('region'))) OR (SELECT wall_scope()) = 'facility' AND ((SELECT wall_of('facility')) IN (clinic_code, facility_code)));

ALTER TABLE referrals ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON referrals TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON referrals FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (facility_code IN (SELECT code FROM facilities WHERE facilities.region = (SELECT wall_of('region')))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility')) OR EXISTS (SELECT 1 FROM cases WHERE cases.need_id = referrals.need_id AND cases.attempt = referrals.attempt)));

ALTER TABLE holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE holds FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON holds TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON holds FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (facility_code IN (SELECT code FROM facilities WHERE facilities.region = (SELECT wall_of('region')))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility'))));

ALTER TABLE treatment_holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE treatment_holds FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON treatment_holds TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON treatment_holds FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (facility_code IN (SELECT code FROM facilities WHERE facilities.region = (SELECT wall_of('region')))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility'))));

ALTER TABLE keys.one_time ENABLE ROW LEVEL SECURITY;
ALTER TABLE keys.one_time FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON keys.one_time TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON keys.one_time FOR SELECT USING ((SELECT wall_scope()) IN ('all') OR (SELECT wall_scope()) = 'region' AND (EXISTS (SELECT 1 FROM referrals
    WHERE (referrals.need_id, referrals.attempt) = (one_time.need_id, one_time.attempt)
    AND (kind = 'examination' OR facility_code = (SELECT wall_of('facility'))))) OR (SELECT wall_scope()) = 'facility' AND (EXISTS (SELECT 1 FROM referrals
    WHERE (referrals.need_id, referrals.attempt) = (one_time.need_id, one_time.attempt))));
