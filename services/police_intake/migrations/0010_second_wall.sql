-- Who sees which row: made of wall.toml. The owner passes while nobody asks; a page sees what its actor may.
ALTER TABLE reports ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON reports TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON reports FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (region = (SELECT wall_of('region'))) OR (SELECT wall_scope()) = 'station' AND (station = (SELECT wall_of('station'))));

ALTER TABLE persons ENABLE ROW LEVEL SECURITY;
ALTER TABLE persons FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON persons TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON persons FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE persons.person_id IN (reports.victim_id, reports.respondent_id)));

ALTER TABLE report_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON report_versions TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON report_versions FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = report_versions.report_id));

ALTER TABLE victim_answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE victim_answers FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON victim_answers TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON victim_answers FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = victim_answers.report_id));

ALTER TABLE report_needs ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_needs FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON report_needs TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON report_needs FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = report_needs.report_id));

ALTER TABLE needs_seen ENABLE ROW LEVEL SECURITY;
ALTER TABLE needs_seen FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON needs_seen TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON needs_seen FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM report_needs WHERE report_needs.need_id = needs_seen.need_id));

ALTER TABLE need_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE need_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON need_changes TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON need_changes FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM report_needs WHERE report_needs.need_id = need_changes.need_id));

ALTER TABLE person_judgements ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_judgements FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON person_judgements TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON person_judgements FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM persons WHERE persons.person_id = person_judgements.person_id));

ALTER TABLE held_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE held_records FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON held_records TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON held_records FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (content ->> 'station' IN (SELECT station FROM reports)) OR (SELECT wall_scope()) = 'station' AND (content ->> 'station' = (SELECT wall_of('station'))));
