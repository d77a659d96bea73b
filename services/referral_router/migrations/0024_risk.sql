ALTER TABLE needs ADD COLUMN grade text NOT NULL DEFAULT '';
COMMENT ON COLUMN needs.grade IS 'Grade of risk by which work on it is ordered; empty if nobody was graded, or it is no need of hers.';

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

-- Who sees which row: made of wall.toml, as 0010_second_wall.sql.
ALTER TABLE risks ENABLE ROW LEVEL SECURITY;
ALTER TABLE risks FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON risks TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON risks FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = risks.report_id));
