-- Centres, their places, the referrals they were asked, and who holds which place.

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
COMMENT ON COLUMN referrals.sealed IS 'The contact card as it came; readable only while its one-time key exists.';

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

CREATE SCHEMA keys;
COMMENT ON SCHEMA keys IS 'One-time private keys; left out of every backup (pg_dump --exclude-schema=keys).';
CREATE TABLE keys.one_time (
    need_id text NOT NULL,
    attempt integer NOT NULL,
    private_key bytea NOT NULL,
    PRIMARY KEY (need_id, attempt)
);
COMMENT ON TABLE keys.one_time IS 'Destroyed on release, no-show or withdrawal: the row is deleted.';
