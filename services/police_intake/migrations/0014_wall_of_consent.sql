-- Who sees which row of what came with her consent: made of wall.toml, as 0010_second_wall.sql.
ALTER TABLE consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE consents FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON consents TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON consents FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = consents.report_id));

ALTER TABLE consent_withdrawals ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_withdrawals FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON consent_withdrawals TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON consent_withdrawals FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = consent_withdrawals.report_id));

ALTER TABLE consent_acknowledgements ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_acknowledgements FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON consent_acknowledgements TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON consent_acknowledgements FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = consent_acknowledgements.report_id));

ALTER TABLE disclosures ENABLE ROW LEVEL SECURITY;
ALTER TABLE disclosures FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON disclosures TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON disclosures FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = disclosures.report_id));

ALTER TABLE card_grounds ENABLE ROW LEVEL SECURITY;
ALTER TABLE card_grounds FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON card_grounds TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON card_grounds FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = card_grounds.report_id));

ALTER TABLE incidents ENABLE ROW LEVEL SECURITY;
ALTER TABLE incidents FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON incidents TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON incidents FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (report_id IN (SELECT report_id FROM reports) OR held_id IN (SELECT held_id FROM held_records)) OR (SELECT wall_scope()) = 'station' AND (report_id IN (SELECT report_id FROM reports) OR held_id IN (SELECT held_id FROM held_records)));
