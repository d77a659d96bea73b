-- Who did what through a door, and who looked at whom: append only, each row holding the hash of the one before.
CREATE TABLE wall_roles (
    role text PRIMARY KEY,
    scope text NOT NULL
);
COMMENT ON TABLE wall_roles IS 'How far each role sees, as wall.toml says; brought up to date at every start. Who is not here sees nothing.';
COMMENT ON COLUMN wall_roles.role IS 'The role of who asks.';
COMMENT ON COLUMN wall_roles.scope IS 'all (with the keys of cards), country, region, station or facility.';

-- Plain functions that run as whoever asks; a row's policy asks each once a query.
CREATE FUNCTION wall_scope() RETURNS text STABLE LANGUAGE sql AS
    $$ SELECT scope FROM public.wall_roles WHERE role = current_setting('qorgan.role', true) $$;
CREATE FUNCTION wall_of(what text) RETURNS text STABLE LANGUAGE sql AS
    $$ SELECT nullif(current_setting('qorgan.' || what, true), '') $$;

CREATE TABLE audit (
    sequence bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    subject text NOT NULL,
    role text NOT NULL,
    name text NOT NULL,
    region text NOT NULL,
    station text NOT NULL,
    facility text NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    object_id text NOT NULL,
    purpose text NOT NULL,
    fields text[] NOT NULL,
    request_id text NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE INDEX audit_object ON audit (object_id, sequence);
CREATE INDEX audit_subject ON audit (subject, at);
CREATE INDEX audit_at ON audit (at);
COMMENT ON TABLE audit IS 'Each change by a person or machine through a door, and each read of who somebody is. Rows are added, never changed.';
COMMENT ON COLUMN audit.sequence IS 'Gapless from 1, in the order of commits.';
COMMENT ON COLUMN audit.at IS 'When, by the service''s clock.';
COMMENT ON COLUMN audit.subject IS 'Who: the issuer''s random id of a person or machine; open-doors while no door is closed.';
COMMENT ON COLUMN audit.role IS 'In which role.';
COMMENT ON COLUMN audit.name IS 'The name of the session; with open doors the name that was typed.';
COMMENT ON COLUMN audit.region IS 'The region this person belongs to; empty for none.';
COMMENT ON COLUMN audit.station IS 'The station this person belongs to; empty for none.';
COMMENT ON COLUMN audit.facility IS 'The facility this person belongs to; empty for none.';
COMMENT ON COLUMN audit.action IS 'read, or the command that was done.';
COMMENT ON COLUMN audit.kind IS 'What was looked at or changed.';
COMMENT ON COLUMN audit.object_id IS 'Its random id.';
COMMENT ON COLUMN audit.purpose IS 'What for: a word of plumbing/audit/audit.toml.';
COMMENT ON COLUMN audit.fields IS 'Names of the fields touched, never their values.';
COMMENT ON COLUMN audit.request_id IS 'Random id of the request; rows of one page share it.';
COMMENT ON COLUMN audit.previous IS 'Hash of the row before; 32 zero bytes before the first.';
COMMENT ON COLUMN audit.hash IS 'SHA-256 over previous and all columns of this row, see plumbing/audit/chain.py.';

CREATE TABLE audit_head (
    is_head boolean PRIMARY KEY DEFAULT true CHECK (is_head),
    sequence bigint NOT NULL,
    hash bytea NOT NULL
);
INSERT INTO audit_head (sequence, hash) VALUES (0, decode(repeat('00', 32), 'hex'));
COMMENT ON TABLE audit_head IS 'The last row of the chain; locked while rows are added, so that two transactions never fork it.';
COMMENT ON COLUMN audit_head.is_head IS 'There is one row.';
COMMENT ON COLUMN audit_head.sequence IS 'Number of the last row; 0 before the first.';
COMMENT ON COLUMN audit_head.hash IS 'Its hash.';

CREATE TABLE audit_waiting (
    place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    row jsonb NOT NULL
);
COMMENT ON TABLE audit_waiting IS 'Rows of changes that were taken while the audit could not be written; they join the chain in order.';
COMMENT ON COLUMN audit_waiting.place IS 'The order in which they came.';
COMMENT ON COLUMN audit_waiting.kept_at IS 'When it was kept here.';
COMMENT ON COLUMN audit_waiting.row IS 'The row without its number and hashes.';

CREATE TABLE staff_kin (
    subject text NOT NULL,
    person_id text NOT NULL,
    by text NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (subject, person_id)
);
COMMENT ON TABLE staff_kin IS 'Who of the staff is kin to whom: a look at one''s own kin is shown to the manager. Filled by `audit kin`.';
COMMENT ON COLUMN staff_kin.subject IS 'The staff member, as the issuer knows them.';
COMMENT ON COLUMN staff_kin.person_id IS 'The random id of the person they are kin to, or are.';
COMMENT ON COLUMN staff_kin.by IS 'The manager who noted it.';
COMMENT ON COLUMN staff_kin.noted_at IS 'When it was noted.';

CREATE FUNCTION audit_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'rows of the audit are added, never changed'; END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_never_changed();
CREATE TRIGGER audit_head_stays BEFORE DELETE OR TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_never_changed();
CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON audit_head
    FOR EACH ROW WHEN (new.sequence < old.sequence) EXECUTE FUNCTION audit_is_never_changed();
REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM CURRENT_USER;

-- What follows is made of plumbing/wall.toml.
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON audit TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON audit FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (region = (SELECT wall_of('region'))) OR (SELECT wall_scope()) = 'audit' AND (true));
ALTER TABLE staff_kin ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_kin FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON staff_kin TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON staff_kin FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (EXISTS (SELECT 1 FROM audit WHERE audit.subject = staff_kin.subject)) OR (SELECT wall_scope()) = 'audit' AND (true));
