-- Who sees which row: made of wall.toml. The owner passes while nobody asks; a page sees what its actor may.
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON cases TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON cases FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (region = (SELECT wall_of('region'))) OR (SELECT wall_scope()) = 'facility' AND ((SELECT wall_of('facility')) IN (clinic_code, facility_code)));

ALTER TABLE referrals ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON referrals TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON referrals FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (facility_code IN (SELECT code FROM facilities WHERE facilities.region = (SELECT wall_of('region')))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility')) OR EXISTS (SELECT 1 FROM cases WHERE cases.need_id = referrals.need_id AND cases.attempt = referrals.attempt)));

ALTER TABLE holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE holds FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON holds TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON holds FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (facility_code IN (SELECT code FROM facilities WHERE facilities.region = (SELECT wall_of('region')))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility'))));

ALTER TABLE treatment_holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE treatment_holds FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON treatment_holds TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON treatment_holds FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (facility_code IN (SELECT code FROM facilities WHERE facilities.region = (SELECT wall_of('region')))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility'))));

ALTER TABLE keys.one_time ENABLE ROW LEVEL SECURITY;
ALTER TABLE keys.one_time FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON keys.one_time TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON keys.one_time FOR SELECT USING ((SELECT wall_scope()) IN ('all') OR (SELECT wall_scope()) = 'region' AND (EXISTS (SELECT 1 FROM referrals
    WHERE (referrals.need_id, referrals.attempt) = (one_time.need_id, one_time.attempt)
    AND (kind = 'examination' OR facility_code = (SELECT wall_of('facility'))))) OR (SELECT wall_scope()) = 'facility' AND (EXISTS (SELECT 1 FROM referrals
    WHERE (referrals.need_id, referrals.attempt) = (one_time.need_id, one_time.attempt))));
