-- Compulsory-treatment cases, and the beds of treatment facilities.

ALTER TABLE facilities ADD COLUMN beds_before integer NOT NULL DEFAULT 0 CHECK (beds_before >= 0 AND beds_before <= beds);
COMMENT ON COLUMN facilities.beds_before IS 'Treatment beds still taken by patients from before this service began: the highest numbers.';
COMMENT ON TABLE facilities IS 'Detox centres, narcology organisations and treatment facilities.';
COMMENT ON COLUMN facilities.kind IS 'detox (lends beds to sober up), narcology (examines) or treatment (by a court''s ruling).';
COMMENT ON COLUMN facilities.beds IS 'Beds that can be held, numbered from 1; 0 for narcology, whose beds are its own.';

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
