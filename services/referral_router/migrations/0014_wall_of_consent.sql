-- Who sees which row of what came with her consent: made of wall.toml, as 0010_second_wall.sql.
ALTER TABLE her_say ENABLE ROW LEVEL SECURITY;
ALTER TABLE her_say FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON her_say TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON her_say FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = her_say.report_id));

ALTER TABLE holders_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE holders_told FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON holders_told TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON holders_told FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM needs WHERE needs.need_id = holders_told.need_id));
