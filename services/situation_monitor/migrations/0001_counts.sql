-- How often what happened where and when, which places are free, and which hours were surges. No row speaks of a person.

CREATE TABLE tallies (
    day date NOT NULL,
    hour smallint NOT NULL CHECK (hour BETWEEN 0 AND 23),
    region text NOT NULL,
    owner text NOT NULL,
    kind text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    code text NOT NULL,
    number integer NOT NULL,
    hours_waited bigint NOT NULL,
    PRIMARY KEY (day, hour, region, owner, kind, from_state, to_state, code)
);
COMMENT ON TABLE tallies IS 'How often each move was counted, by hour and region.';
COMMENT ON COLUMN tallies.day IS 'The day in Kazakhstan: of recording for reports, of the move for all else.';
COMMENT ON COLUMN tallies.hour IS 'The hour of that day, 0 to 23.';
COMMENT ON COLUMN tallies.region IS 'ISO 3166-2 code; KZ where only the country is counted, unknown if nobody could tell.';
COMMENT ON COLUMN tallies.owner IS 'Which service said it.';
COMMENT ON COLUMN tallies.kind IS 'Which kind of life: report, record, journal, assessment, a kind of need, of stay, of case.';
COMMENT ON COLUMN tallies.from_state IS 'How it stood before; empty for what has just begun.';
COMMENT ON COLUMN tallies.to_state IS 'How it stands; as before if only an attempt has ended.';
COMMENT ON COLUMN tallies.code IS 'Why an attempt came to nothing, or by which door a report came.';
COMMENT ON COLUMN tallies.number IS 'How often.';
COMMENT ON COLUMN tallies.hours_waited IS 'Whole hours these needs had been open, added up.';

CREATE TABLE places (
    owner text NOT NULL,
    region text NOT NULL,
    place text NOT NULL,
    places integer NOT NULL,
    free integer NOT NULL,
    PRIMARY KEY (owner, region, place)
);
COMMENT ON TABLE places IS 'How many places there are and are free, by region; KZ where a region would be an address.';
COMMENT ON COLUMN places.owner IS 'Whose places.';
COMMENT ON COLUMN places.region IS 'ISO 3166-2 code, or KZ.';
COMMENT ON COLUMN places.place IS 'night, day or bed.';
COMMENT ON COLUMN places.places IS 'How many there are.';
COMMENT ON COLUMN places.free IS 'How many are free; for a moment below the truth or above it while counts of two partitions cross.';

CREATE TABLE surges (
    territory text NOT NULL,
    hour timestamptz NOT NULL,
    region text NOT NULL,
    reports integer NOT NULL,
    rule_id text NOT NULL,
    raised_at timestamptz NOT NULL,
    PRIMARY KEY (territory, hour)
);
COMMENT ON TABLE surges IS 'Hours in which far more reports than usual were recorded in a district; each is raised once.';
COMMENT ON COLUMN surges.territory IS 'First four digits of the KATO code: a district or city.';
COMMENT ON COLUMN surges.hour IS 'The hour in which police recorded the reports.';
COMMENT ON COLUMN surges.region IS 'ISO 3166-2 code of its region.';
COMMENT ON COLUMN surges.reports IS 'How many reports there were when it was raised; never under five.';
COMMENT ON COLUMN surges.rule_id IS 'The rule by which it is a surge.';
COMMENT ON COLUMN surges.raised_at IS 'When it was raised.';

CREATE TABLE watch (
    partition integer PRIMARY KEY,
    number bigint NOT NULL,
    seen_at timestamptz NOT NULL
);
COMMENT ON TABLE watch IS 'How far the watch on surges has counted, so that one that stands still is seen.';
COMMENT ON COLUMN watch.partition IS 'Partition of the counts of police intake.';
COMMENT ON COLUMN watch.number IS 'Number of the last count it has taken.';
COMMENT ON COLUMN watch.seen_at IS 'When it last said so.';
