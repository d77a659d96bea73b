-- How the tables are today; migrations/ leads here, and tests/social_registry/test_store.py proves it.
-- Beside them stand the tables every service has: plumbing/migrations/.

CREATE TABLE facilities (
    code text PRIMARY KEY,
    region text NOT NULL,
    kind text NOT NULL,
    places_night integer NOT NULL CHECK (places_night >= 0),
    places_day integer NOT NULL CHECK (places_day >= 0),
    admits_men boolean NOT NULL,
    admits_boys_until integer NOT NULL,
    accessible boolean NOT NULL,
    is_open boolean NOT NULL,
    sequence bigint NOT NULL
);
COMMENT ON TABLE facilities IS 'Crisis centres and akimats; where a centre stands is in no table.';
COMMENT ON COLUMN facilities.code IS 'Its code in directory.toml, and on the wire; it tells no address.';
COMMENT ON COLUMN facilities.region IS 'ISO 3166-2 code of its region.';
COMMENT ON COLUMN facilities.kind IS 'crisis_centre (gives places) or akimat (decides on notices).';
COMMENT ON COLUMN facilities.places_night IS '24-hour places, numbered from 1; 0 for an akimat.';
COMMENT ON COLUMN facilities.places_day IS 'Places for the day only, numbered from 1.';
COMMENT ON COLUMN facilities.admits_men IS 'Whether men are taken as guests.';
COMMENT ON COLUMN facilities.admits_boys_until IS 'Up to which age, in years, sons come along.';
COMMENT ON COLUMN facilities.accessible IS 'Whether a wheelchair gets in.';
COMMENT ON COLUMN facilities.is_open IS 'Whether anybody is taken now.';
COMMENT ON COLUMN facilities.sequence IS 'Counts what was published of the free places.';

CREATE TABLE referrals (
    need_id text NOT NULL,
    attempt integer NOT NULL,
    kind text NOT NULL,
    facility_code text NOT NULL,
    state text NOT NULL,
    place text NOT NULL,
    household_ref text NOT NULL,
    adults integer NOT NULL,
    children integer NOT NULL,
    basis text NOT NULL,
    until timestamptz NOT NULL,
    sealed bytea,
    public_key bytea,
    kept_at timestamptz NOT NULL,
    PRIMARY KEY (need_id, attempt)
);
COMMENT ON TABLE referrals IS 'Every attempt at a need this agency was asked for, and how it stands.';
COMMENT ON COLUMN referrals.need_id IS 'Random id of the need; known to the router and here only.';
COMMENT ON COLUMN referrals.attempt IS 'Which attempt at the need, counted from 1 by the router.';
COMMENT ON COLUMN referrals.kind IS 'shelter (places are asked for) or notice (the akimat decides).';
COMMENT ON COLUMN referrals.facility_code IS 'Who was asked; may be unknown here, then it was refused.';
COMMENT ON COLUMN referrals.state IS 'Where it stands in transitions.toml.';
COMMENT ON COLUMN referrals.place IS 'night or day; empty for a notice.';
COMMENT ON COLUMN referrals.household_ref IS 'Random id of the home a notice is about; empty for a shelter referral.';
COMMENT ON COLUMN referrals.adults IS 'How many grown guests; 0 for a notice.';
COMMENT ON COLUMN referrals.children IS 'How many children come along, or live in the home.';
COMMENT ON COLUMN referrals.basis IS 'Rule and citation on which it rests.';
COMMENT ON COLUMN referrals.until IS 'shelter: when the hold ends by itself; notice: by when the akimat decides.';
COMMENT ON COLUMN referrals.sealed IS 'The contact card as it came; readable only while its one-time key exists.';
COMMENT ON COLUMN referrals.public_key IS 'The key to which the card may be sealed.';
COMMENT ON COLUMN referrals.kept_at IS 'When it was first written here.';

CREATE TABLE holds (
    facility_code text NOT NULL REFERENCES facilities (code),
    place text NOT NULL CHECK (place IN ('night', 'day')),
    number integer NOT NULL,
    need_id text NOT NULL,
    attempt integer NOT NULL,
    since timestamptz NOT NULL,
    released_at timestamptz,
    PRIMARY KEY (need_id, attempt, place, number)
);
CREATE UNIQUE INDEX holds_one_guest_a_place ON holds (facility_code, place, number) WHERE released_at IS NULL;
COMMENT ON TABLE holds IS 'Who holds which place; the unique index is why no place is given twice.';
COMMENT ON COLUMN holds.facility_code IS 'The centre.';
COMMENT ON COLUMN holds.place IS 'night or day.';
COMMENT ON COLUMN holds.number IS 'The number of the place, from 1.';
COMMENT ON COLUMN holds.need_id IS 'For whose need.';
COMMENT ON COLUMN holds.attempt IS 'At which attempt.';
COMMENT ON COLUMN holds.since IS 'From when.';
COMMENT ON COLUMN holds.released_at IS 'Until when; empty while nobody else can have the place.';

CREATE SCHEMA keys;
COMMENT ON SCHEMA keys IS 'One-time private keys; its rows are left out of every backup (pg_dump --exclude-table-data=keys.*).';
CREATE TABLE keys.one_time (
    need_id text NOT NULL,
    attempt integer NOT NULL,
    private_key bytea NOT NULL,
    PRIMARY KEY (need_id, attempt)
);
COMMENT ON TABLE keys.one_time IS 'Destroyed on release, no-show or withdrawal: the row is deleted.';
COMMENT ON COLUMN keys.one_time.need_id IS 'The need the card is about.';
COMMENT ON COLUMN keys.one_time.attempt IS 'The attempt that was accepted.';
COMMENT ON COLUMN keys.one_time.private_key IS 'X25519, sealed under a data key of its own; in no log, page, event or decision row.';

CREATE TABLE register_entries (
    entry_id text PRIMARY KEY,
    household_ref text NOT NULL,
    facility_code text NOT NULL REFERENCES facilities (code),
    region text NOT NULL,
    ground text NOT NULL,
    state text NOT NULL,
    level text NOT NULL,
    due_on date,
    notices text[] NOT NULL,
    looks integer NOT NULL,
    changes integer NOT NULL,
    code text NOT NULL,
    opened_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    CHECK (state = 'closed' OR due_on IS NOT NULL)
);
CREATE UNIQUE INDEX register_entries_one_a_home ON register_entries (household_ref) WHERE household_ref <> '';
COMMENT ON TABLE register_entries IS 'Entries of the register as the akimat keeps them; the unique index is why a home has one.';
COMMENT ON COLUMN register_entries.entry_id IS 'Random id; the only one that stands on the public topic.';
COMMENT ON COLUMN register_entries.household_ref IS 'Random id of the home; empty once the entry turned out to be unfounded.';
COMMENT ON COLUMN register_entries.facility_code IS 'The akimat that keeps it.';
COMMENT ON COLUMN register_entries.region IS 'ISO 3166-2 code of the region of that akimat.';
COMMENT ON COLUMN register_entries.ground IS 'On which ground it was opened; empty if unfounded.';
COMMENT ON COLUMN register_entries.state IS 'Where it stands in transitions_of_entries.toml.';
COMMENT ON COLUMN register_entries.level IS 'A to E as last assessed; empty before that, and if unfounded.';
COMMENT ON COLUMN register_entries.due_on IS 'By the end of which day it is to be assessed or reviewed; empty once closed.';
COMMENT ON COLUMN register_entries.notices IS 'Needs whose notices it rests on; if the last is taken back it is unfounded.';
COMMENT ON COLUMN register_entries.looks IS 'Counts what was asked of people; names the clocks of this look.';
COMMENT ON COLUMN register_entries.changes IS 'Counts every change: who acts says which state they had before them.';
COMMENT ON COLUMN register_entries.code IS 'Why it was last closed; empty while it never was.';
COMMENT ON COLUMN register_entries.opened_at IS 'When it was first opened.';
COMMENT ON COLUMN register_entries.changed_at IS 'When it last changed.';

CREATE TABLE child_entries (
    entry_id text NOT NULL REFERENCES register_entries (entry_id),
    number integer NOT NULL CHECK (number > 0),
    state text NOT NULL,
    code text NOT NULL,
    PRIMARY KEY (entry_id, number)
);
COMMENT ON TABLE child_entries IS 'The children under an entry, by number; rows of an unfounded entry are deleted.';
COMMENT ON COLUMN child_entries.entry_id IS 'The entry of the home.';
COMMENT ON COLUMN child_entries.number IS 'Counted from 1 under the entry; says nothing of the child.';
COMMENT ON COLUMN child_entries.state IS 'Where it stands in transitions_of_entries.toml: listed or closed.';
COMMENT ON COLUMN child_entries.code IS 'Why it was closed; empty while it is listed.';

-- Who sees which row: made of wall.toml. The owner passes while nobody asks; a page sees what its actor may.
ALTER TABLE referrals ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON referrals TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON referrals FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (facility_code IN (SELECT code FROM facilities WHERE facilities.region = (SELECT wall_of('region')))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility'))));

ALTER TABLE holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE holds FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON holds TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON holds FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (facility_code IN (SELECT code FROM facilities WHERE facilities.region = (SELECT wall_of('region')))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility'))));

ALTER TABLE register_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE register_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON register_entries TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON register_entries FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (region = (SELECT wall_of('region'))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility'))));

ALTER TABLE child_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE child_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON child_entries TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON child_entries FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM register_entries WHERE register_entries.entry_id = child_entries.entry_id));

ALTER TABLE keys.one_time ENABLE ROW LEVEL SECURITY;
ALTER TABLE keys.one_time FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON keys.one_time TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON keys.one_time FOR SELECT USING ((SELECT wall_scope()) IN ('all') OR (SELECT wall_scope()) = 'region' AND (EXISTS (SELECT 1 FROM referrals
    WHERE (referrals.need_id, referrals.attempt) = (one_time.need_id, one_time.attempt) AND (kind = 'notice' OR facility_code = (SELECT wall_of('facility'))))) OR (SELECT wall_scope()) = 'facility' AND (EXISTS (SELECT 1 FROM referrals
    WHERE (referrals.need_id, referrals.attempt) = (one_time.need_id, one_time.attempt) AND facility_code = (SELECT wall_of('facility')))));

ALTER TABLE decisions ENABLE ROW LEVEL SECURITY;
CREATE POLICY at_work ON decisions TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON decisions FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (EXISTS (SELECT 1 FROM referrals WHERE need_id = key) OR EXISTS (SELECT 1 FROM register_entries WHERE entry_id = key)) OR (SELECT wall_scope()) = 'facility' AND (EXISTS (SELECT 1 FROM referrals WHERE need_id = key) OR EXISTS (SELECT 1 FROM register_entries WHERE entry_id = key)));
