-- Who sees which row: made of wall.toml. The owner passes while nobody asks; a page sees what its actor may.
ALTER TABLE referrals ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON referrals TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON referrals FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (facility_code IN (SELECT code FROM facilities WHERE facilities.region = (SELECT wall_of('region')))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility'))));

ALTER TABLE holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE holds FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON holds TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON holds FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (facility_code IN (SELECT code FROM facilities WHERE facilities.region = (SELECT wall_of('region')))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility'))));

ALTER TABLE register_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE register_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON register_entries TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON register_entries FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (region = (SELECT wall_of('region'))) OR (SELECT wall_scope()) = 'facility' AND (facility_code = (SELECT wall_of('facility'))));

ALTER TABLE child_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE child_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON child_entries TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON child_entries FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM register_entries WHERE register_entries.entry_id = child_entries.entry_id));

ALTER TABLE keys.one_time ENABLE ROW LEVEL SECURITY;
ALTER TABLE keys.one_time FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON keys.one_time TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON keys.one_time FOR SELECT USING ((SELECT wall_scope()) IN ('all') OR (SELECT wall_scope()) = 'region' AND (EXISTS (SELECT 1 FROM referrals
    WHERE (referrals.need_id, referrals.attempt) = (one_time.need_id, one_time.attempt) AND (kind = 'notice' OR facility_code = (SELECT wall_of('facility'))))) OR (SELECT wall_scope()) = 'facility' AND (EXISTS (SELECT 1 FROM referrals
    WHERE (referrals.need_id, referrals.attempt) = (one_time.need_id, one_time.attempt) AND facility_code = (SELECT wall_of('facility')))));

ALTER TABLE decisions ENABLE ROW LEVEL SECURITY;
CREATE POLICY at_work ON decisions TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON decisions FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (EXISTS (SELECT 1 FROM referrals WHERE need_id = key) OR EXISTS (SELECT 1 FROM register_entries WHERE entry_id = key)) OR (SELECT wall_scope()) = 'facility' AND (EXISTS (SELECT 1 FROM referrals WHERE need_id = key) OR EXISTS (SELECT 1 FROM register_entries WHERE entry_id = key)));
