CREATE TABLE risk_steps (
    report_id text NOT NULL REFERENCES reports (report_id),
    version integer NOT NULL,
    step text NOT NULL CHECK (step IN ('assessed', 'raised', 'lowering', 'lowered', 'left')),
    grade text NOT NULL,
    computed text NOT NULL,
    proposed text NOT NULL,
    reason text NOT NULL,
    grid text NOT NULL,
    asked_apart boolean NOT NULL,
    leaves_region boolean NOT NULL,
    by text NOT NULL,
    actor text NOT NULL,
    kept_at timestamptz NOT NULL,
    sealed bytea,
    PRIMARY KEY (report_id, version)
);
CREATE FUNCTION risk_steps_stay() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a step about the risk is never changed: what is said next is the next version'; END $$;
CREATE TRIGGER risk_steps_stay BEFORE UPDATE OR DELETE ON risk_steps FOR EACH ROW EXECUTE FUNCTION risk_steps_stay();
COMMENT ON TABLE risk_steps IS 'Every step about the risk for her: asked, raised by one person, lowered by two; rows are added, never changed. It orders work; it is no evidence.';
COMMENT ON COLUMN risk_steps.report_id IS 'The report it is about.';
COMMENT ON COLUMN risk_steps.version IS 'Which step, counted from 1; the latest stands.';
COMMENT ON COLUMN risk_steps.step IS 'assessed, raised, lowering (asked for), lowered, or left as it was.';
COMMENT ON COLUMN risk_steps.grade IS 'The grade that stands after this step: standard, medium, high or extreme.';
COMMENT ON COLUMN risk_steps.computed IS 'What the grid made of her latest answers; empty before there are any.';
COMMENT ON COLUMN risk_steps.proposed IS 'A lower grade that waits for a second person; else empty.';
COMMENT ON COLUMN risk_steps.reason IS 'Code of why a person sees it otherwise; empty for an assessment.';
COMMENT ON COLUMN risk_steps.grid IS 'Which grid and version she was asked by, as KZ-RG/1.';
COMMENT ON COLUMN risk_steps.asked_apart IS 'Was she asked apart from the other person; if not, every answer counts as unknown.';
COMMENT ON COLUMN risk_steps.leaves_region IS 'She wants a place outside her region.';
COMMENT ON COLUMN risk_steps.by IS 'Who asked, raised or lowered, as typed or signed.';
COMMENT ON COLUMN risk_steps.actor IS 'Who was signed in; empty or open-doors if nobody was.';
COMMENT ON COLUMN risk_steps.kept_at IS 'When it was kept.';
COMMENT ON COLUMN risk_steps.sealed IS 'Her answers, sealed with the report''s key; null for a step without any.';

-- Who sees which row: made of wall.toml, as 0010_second_wall.sql.
ALTER TABLE risk_steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE risk_steps FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON risk_steps TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON risk_steps FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = risk_steps.report_id));
