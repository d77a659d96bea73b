-- What is done about the one named in a report: orders, cases, requirements, registers; each a life of its own.

CREATE TABLE measures (
    measure_id text PRIMARY KEY,
    kind text NOT NULL,
    report_id text NOT NULL REFERENCES reports (report_id),
    person_id text REFERENCES persons (person_id),
    region text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    began_at timestamptz NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz,
    code text NOT NULL,
    about text NOT NULL,
    told jsonb NOT NULL
);
CREATE INDEX measures_report ON measures (report_id);
CREATE INDEX measures_person ON measures (person_id);
COMMENT ON TABLE measures IS 'Every measure as it stands: its life is a table of acts in measures/.';
COMMENT ON COLUMN measures.measure_id IS 'Random id made here; never leaves police.';
COMMENT ON COLUMN measures.kind IS 'Which life: protection_order, administrative_case and so on.';
COMMENT ON COLUMN measures.report_id IS 'The report it rests on.';
COMMENT ON COLUMN measures.person_id IS 'Whom it is about: who was named in the report when it began; null if nobody.';
COMMENT ON COLUMN measures.region IS 'Of the report.';
COMMENT ON COLUMN measures.state IS 'A word of its table.';
COMMENT ON COLUMN measures.version IS 'Counts its moves from 1.';
COMMENT ON COLUMN measures.began_at IS 'When it began in life.';
COMMENT ON COLUMN measures.since IS 'When it came into its state.';
COMMENT ON COLUMN measures.until IS 'When its term ends; null if it has none.';
COMMENT ON COLUMN measures.code IS 'The code it began with, as an article; empty if none.';
COMMENT ON COLUMN measures.about IS 'The measure it rests on, as a case on the order that was broken; empty if none.';
COMMENT ON COLUMN measures.told IS 'What was told with its acts: numbers, months, a basis; words of closed lists, nobody''s name.';

CREATE TABLE measure_moves (
    measure_id text NOT NULL REFERENCES measures (measure_id),
    version integer NOT NULL,
    act text NOT NULL,
    state text NOT NULL,
    code text NOT NULL,
    by text NOT NULL,
    at timestamptz NOT NULL,
    told jsonb NOT NULL,
    PRIMARY KEY (measure_id, version)
);
CREATE FUNCTION measure_moves_stay() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what was done is never changed: what is done next is the next move'; END $$;
CREATE TRIGGER measure_moves_stay BEFORE UPDATE OR DELETE ON measure_moves FOR EACH ROW EXECUTE FUNCTION measure_moves_stay();
COMMENT ON TABLE measure_moves IS 'Every act about a measure, in order; rows are added, never changed.';
COMMENT ON COLUMN measure_moves.measure_id IS 'The measure.';
COMMENT ON COLUMN measure_moves.version IS 'Which move of it.';
COMMENT ON COLUMN measure_moves.act IS 'A word of its table.';
COMMENT ON COLUMN measure_moves.state IS 'How it stood from then on.';
COMMENT ON COLUMN measure_moves.code IS 'Which kind of it, as a bar that was broken; empty if none.';
COMMENT ON COLUMN measure_moves.by IS 'Who did it; clock or report if nobody.';
COMMENT ON COLUMN measure_moves.at IS 'When, in life.';
COMMENT ON COLUMN measure_moves.told IS 'What was told with it.';

CREATE TABLE parked_measures (
    parked_id text PRIMARY KEY,
    report_id text NOT NULL,
    kind text NOT NULL,
    act text NOT NULL,
    code text NOT NULL,
    by text NOT NULL,
    at timestamptz,
    told jsonb NOT NULL,
    office text NOT NULL,
    settled_as text NOT NULL,
    settled_by text NOT NULL,
    parked_at timestamptz NOT NULL
);
COMMENT ON TABLE parked_measures IS 'Measures whose report nobody knew: kept as they came, with their age, until a person names it.';
COMMENT ON COLUMN parked_measures.parked_id IS 'Random id; the task is about it.';
COMMENT ON COLUMN parked_measures.report_id IS 'The report it named.';
COMMENT ON COLUMN parked_measures.kind IS 'Which life it would begin.';
COMMENT ON COLUMN parked_measures.act IS 'By which act.';
COMMENT ON COLUMN parked_measures.code IS 'With which code; empty if none.';
COMMENT ON COLUMN parked_measures.by IS 'Who said so.';
COMMENT ON COLUMN parked_measures.at IS 'When that was in life; null if not told.';
COMMENT ON COLUMN parked_measures.told IS 'What was told with it.';
COMMENT ON COLUMN parked_measures.office IS 'Whose act it is.';
COMMENT ON COLUMN parked_measures.settled_as IS 'The report it belonged to, or no_report; empty while it waits.';
COMMENT ON COLUMN parked_measures.settled_by IS 'Who settled it; empty while it waits.';
COMMENT ON COLUMN parked_measures.parked_at IS 'When it was kept: its age counts from here.';

-- Who sees which row: made of wall.toml, as 0010_second_wall.sql.
ALTER TABLE measures ENABLE ROW LEVEL SECURITY;
ALTER TABLE measures FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON measures TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON measures FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = measures.report_id));

ALTER TABLE measure_moves ENABLE ROW LEVEL SECURITY;
ALTER TABLE measure_moves FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON measure_moves TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON measure_moves FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM measures WHERE measures.measure_id = measure_moves.measure_id));

ALTER TABLE parked_measures ENABLE ROW LEVEL SECURITY;
ALTER TABLE parked_measures FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON parked_measures TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON parked_measures FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country'));
