-- Two people stand before an erasure in the table, too, and no request is forgotten for the next one.

ALTER TABLE erasures DROP CONSTRAINT erasures_pkey, ADD PRIMARY KEY (person_id, requested_at),
    ADD COLUMN requested_actor text NOT NULL DEFAULT '', ADD COLUMN approved_actor text NOT NULL DEFAULT '',
    ADD CONSTRAINT erasures_two_people CHECK (approved_by = '' OR lower(btrim(approved_by)) <> lower(btrim(requested_by))),
    ADD CONSTRAINT erasures_two_logins CHECK (approved_actor = '' OR approved_actor <> requested_actor),
    ADD CONSTRAINT erasures_approved CHECK (state NOT IN ('approved', 'done') OR approved_by <> '');
COMMENT ON TABLE erasures IS 'Every erasure asked for; two people and some days stand before it. The latest of a person counts.';
COMMENT ON COLUMN erasures.requested_actor IS 'Who asked, by login; empty if nobody was signed in.';
COMMENT ON COLUMN erasures.approved_actor IS 'The second person, by login; empty before, or if nobody was signed in.';
