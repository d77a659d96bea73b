-- Centres, their beds, the referrals they were asked, and who has which bed.

CREATE TABLE facilities (
    code text PRIMARY KEY,
    region text NOT NULL,
    kind text NOT NULL,
    beds integer NOT NULL CHECK (beds >= 0),
    is_open boolean NOT NULL,
    sequence bigint NOT NULL
);
COMMENT ON TABLE facilities IS 'Detox centres and narcology organisations.';
COMMENT ON COLUMN facilities.sequence IS 'Counts what was published of the free beds.';

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
COMMENT ON COLUMN referrals.code IS 'Why it was refused; mild, severe and other_illness never leave this database.';
COMMENT ON COLUMN referrals.sealed IS 'The contact card as it came; readable only while its one-time key exists.';

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

CREATE SCHEMA keys;
COMMENT ON SCHEMA keys IS 'One-time private keys; left out of every backup (pg_dump --exclude-schema=keys).';
CREATE TABLE keys.one_time (
    need_id text NOT NULL,
    attempt integer NOT NULL,
    private_key bytea NOT NULL,
    PRIMARY KEY (need_id, attempt)
);
COMMENT ON TABLE keys.one_time IS 'Destroyed on release, refusal, withdrawal, or when nobody was brought: the row is deleted.';
