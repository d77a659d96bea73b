-- How the tables are today; migrations/ leads here, and tests/plumbing/test_migrate.py proves it.
-- Every service has these, whatever it decides about.

CREATE TABLE locks (
    key text PRIMARY KEY
);
COMMENT ON TABLE locks IS 'One row per key somebody decided about: locked, sorted, before facts are read.';
COMMENT ON COLUMN locks.key IS 'The life, or the person, that is decided about.';

CREATE TABLE inbox (
    topic text NOT NULL,
    partition integer NOT NULL,
    next_number bigint NOT NULL,
    next_offset bigint NOT NULL,
    cluster_id text NOT NULL,
    topic_id text NOT NULL,
    moved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE inbox IS 'What has been heard: everything below next_number, nothing above it.';
COMMENT ON COLUMN inbox.topic IS 'The topic that is read.';
COMMENT ON COLUMN inbox.partition IS 'The partition of it; each has its own watermark.';
COMMENT ON COLUMN inbox.next_number IS 'The number that is taken next; lower ones are repeats, higher ones a gap.';
COMMENT ON COLUMN inbox.next_offset IS 'Where reading goes on in Kafka.';
COMMENT ON COLUMN inbox.cluster_id IS 'The Kafka this watermark speaks of; another one stops the service.';
COMMENT ON COLUMN inbox.topic_id IS 'The topic''s own id: a topic made again under the same name has another.';
COMMENT ON COLUMN inbox.moved_at IS 'When the watermark last moved.';

CREATE TABLE outbox_heads (
    topic text NOT NULL,
    partition integer NOT NULL,
    last_number bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE outbox_heads IS 'The last number given; locked as the last act before COMMIT, so numbers follow commits without a gap.';
COMMENT ON COLUMN outbox_heads.topic IS 'The topic that is said.';
COMMENT ON COLUMN outbox_heads.partition IS 'The partition of it.';
COMMENT ON COLUMN outbox_heads.last_number IS 'The highest number given so far; 0 before the first.';

CREATE TABLE outbox (
    topic text NOT NULL,
    partition integer NOT NULL,
    number bigint NOT NULL,
    key text NOT NULL,
    event text NOT NULL,
    message_id uuid NOT NULL,
    said_at timestamptz NOT NULL,
    value bytea NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, partition, number)
);
COMMENT ON TABLE outbox IS 'The journal of everything this service has said; Kafka can be filled from it again.';
COMMENT ON COLUMN outbox.topic IS 'Where it is said.';
COMMENT ON COLUMN outbox.partition IS 'Chosen by the key, so that one life keeps its order.';
COMMENT ON COLUMN outbox.number IS 'Gapless in its partition, in the order of commits.';
COMMENT ON COLUMN outbox.key IS 'The life it is about; the Kafka key.';
COMMENT ON COLUMN outbox.event IS 'owner.EventName, as in schemas/ids.toml.';
COMMENT ON COLUMN outbox.message_id IS 'Random id of the message, new on each side.';
COMMENT ON COLUMN outbox.said_at IS 'The time that goes onto the wire, cut to the hour.';
COMMENT ON COLUMN outbox.value IS 'The bytes as they go onto the wire.';
COMMENT ON COLUMN outbox.kept_at IS 'When it was written here; stays here.';

CREATE TABLE outbox_cursors (
    topic text NOT NULL,
    partition integer NOT NULL,
    sent_number bigint NOT NULL DEFAULT 0,
    cluster_id text NOT NULL,
    topic_id text NOT NULL,
    PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE outbox_cursors IS 'How far the journal has been acknowledged by Kafka, without a gap.';
COMMENT ON COLUMN outbox_cursors.topic IS 'The topic that is sent.';
COMMENT ON COLUMN outbox_cursors.partition IS 'The partition of it.';
COMMENT ON COLUMN outbox_cursors.sent_number IS 'Everything up to this number was acknowledged.';
COMMENT ON COLUMN outbox_cursors.cluster_id IS 'The Kafka it was sent to; another one stops the relay.';
COMMENT ON COLUMN outbox_cursors.topic_id IS 'The topic''s own id there.';

CREATE TABLE clocks (
    subject text NOT NULL,
    step text NOT NULL,
    due_at timestamptz NOT NULL,
    key text NOT NULL,
    ended_at timestamptz,
    rung boolean NOT NULL DEFAULT false,
    PRIMARY KEY (subject, step)
);
CREATE INDEX clocks_running ON clocks (due_at, subject, step) WHERE ended_at IS NULL;
COMMENT ON TABLE clocks IS 'Everything that waits, and until when; each (subject, step) rings once.';
COMMENT ON COLUMN clocks.subject IS 'What waits.';
COMMENT ON COLUMN clocks.step IS 'What it waits for: kind/number, or task/kind/time.';
COMMENT ON COLUMN clocks.due_at IS 'When it rings.';
COMMENT ON COLUMN clocks.key IS 'What is locked before anything is decided.';
COMMENT ON COLUMN clocks.ended_at IS 'When it rang or was stopped; null while it runs.';
COMMENT ON COLUMN clocks.rung IS 'True: time ran out. False with ended_at: what was awaited came.';

CREATE TABLE tasks (
    subject text NOT NULL,
    kind text NOT NULL,
    queue text NOT NULL,
    reason text NOT NULL,
    region text NOT NULL,
    key text NOT NULL,
    opened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    level integer NOT NULL DEFAULT 0,
    closed_at timestamptz,
    closed_by text,
    PRIMARY KEY (subject, kind)
);
CREATE INDEX tasks_open ON tasks (due_at, subject) WHERE closed_at IS NULL;
COMMENT ON TABLE tasks IS 'Acts that wait for a person, each with a clock; level counts how often nobody came.';
COMMENT ON COLUMN tasks.subject IS 'What the act is about.';
COMMENT ON COLUMN tasks.kind IS 'Which act; one of a kind is open for a subject.';
COMMENT ON COLUMN tasks.queue IS 'Whose it is.';
COMMENT ON COLUMN tasks.reason IS 'Why, in words for the person.';
COMMENT ON COLUMN tasks.region IS 'Where, if that matters; else empty.';
COMMENT ON COLUMN tasks.key IS 'What is locked when its clock rings.';
COMMENT ON COLUMN tasks.opened_at IS 'When it was last opened.';
COMMENT ON COLUMN tasks.due_at IS 'By when somebody must have acted.';
COMMENT ON COLUMN tasks.level IS 'How often nobody came in time.';
COMMENT ON COLUMN tasks.closed_at IS 'When somebody acted or the need to act went; null while open.';
COMMENT ON COLUMN tasks.closed_by IS 'Who closed it.';

CREATE TABLE dead_letters (
    letter_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    partition integer NOT NULL,
    number bigint NOT NULL,
    key text NOT NULL,
    message_id text NOT NULL,
    value bytea NOT NULL,
    cause text NOT NULL,
    behind boolean NOT NULL,
    set_aside_at timestamptz NOT NULL,
    redriven_at timestamptz,
    redriven_by text NOT NULL DEFAULT '',
    UNIQUE (topic, partition, number)
);
CREATE INDEX dead_letters_held ON dead_letters (key, letter_id) WHERE redriven_at IS NULL;
COMMENT ON TABLE dead_letters IS 'Messages that could not be taken, and the later ones of their key that wait behind them in order.';
COMMENT ON COLUMN dead_letters.letter_id IS 'The order in which letters are taken again.';
COMMENT ON COLUMN dead_letters.topic IS 'Where it was heard.';
COMMENT ON COLUMN dead_letters.partition IS 'The partition of it.';
COMMENT ON COLUMN dead_letters.number IS 'Its number there; negative for one without a number.';
COMMENT ON COLUMN dead_letters.key IS 'The life that is held while this lies here.';
COMMENT ON COLUMN dead_letters.message_id IS 'Its id on the wire.';
COMMENT ON COLUMN dead_letters.value IS 'The bytes as they came, sealed under a key of this letter alone; the key goes when it is taken.';
COMMENT ON COLUMN dead_letters.cause IS 'Why it could not be taken, in one sentence.';
COMMENT ON COLUMN dead_letters.behind IS 'True: nothing is wrong with it, it only waits behind an earlier one.';
COMMENT ON COLUMN dead_letters.set_aside_at IS 'When it was set aside.';
COMMENT ON COLUMN dead_letters.redriven_at IS 'When it was taken after all; null while it lies.';
COMMENT ON COLUMN dead_letters.redriven_by IS 'Who took it again, as typed; empty if it came back by itself.';

CREATE TABLE decisions (
    decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id text NOT NULL,
    heard text NOT NULL,
    key text NOT NULL,
    decided_at timestamptz NOT NULL,
    seed bytea NOT NULL,
    law_hash text NOT NULL,
    message json NOT NULL,
    seen json NOT NULL,
    decided json NOT NULL,
    findings jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX decisions_key ON decisions (key, decision_id);
COMMENT ON TABLE decisions IS 'Every decision with all it saw: message, facts, time, seed of its ids, hash of the rule pack.';
COMMENT ON COLUMN decisions.decision_id IS 'The order of decisions.';
COMMENT ON COLUMN decisions.message_id IS 'The message, command or clock that was decided on.';
COMMENT ON COLUMN decisions.heard IS 'The type of what was heard.';
COMMENT ON COLUMN decisions.key IS 'The life it was about.';
COMMENT ON COLUMN decisions.decided_at IS 'The time the decision was given as now.';
COMMENT ON COLUMN decisions.seed IS 'From which its ids were made; the same seed makes them again.';
COMMENT ON COLUMN decisions.law_hash IS 'Hash of the rule pack it was decided under.';
COMMENT ON COLUMN decisions.message IS 'What was heard, as JSON.';
COMMENT ON COLUMN decisions.seen IS 'The facts it looked at, and no others.';
COMMENT ON COLUMN decisions.decided IS 'The events it came to.';
COMMENT ON COLUMN decisions.findings IS 'What each rule asked found: its place in the pack, met (null: unknown), what was seen, what would have changed it.';

CREATE TABLE rule_packs (
    law_hash text PRIMARY KEY,
    pack bytea NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE rule_packs IS 'Every rule pack under which this service ever worked, so that a past decision can be decided again.';
COMMENT ON COLUMN rule_packs.law_hash IS 'Hash of the pack: its name in decisions.';
COMMENT ON COLUMN rule_packs.pack IS 'The texts of its files, as JSON, compressed with zlib.';
COMMENT ON COLUMN rule_packs.kept_at IS 'When a service first worked under it here.';

CREATE TABLE workers (
    worker_id text PRIMARY KEY,
    seen_at timestamptz NOT NULL,
    session text NOT NULL DEFAULT ''
);
COMMENT ON TABLE workers IS 'Who reads for this service now: live workers share the partitions evenly.';
COMMENT ON COLUMN workers.worker_id IS 'Random id of one worker''s life.';
COMMENT ON COLUMN workers.seen_at IS 'A worker not seen for the session time-out is taken for dead, also if its session is still there; its late batch fails at the inbox.';
COMMENT ON COLUMN workers.session IS 'Its session at this database: once that is over, the worker is dead or will say so anew; empty if unknown.';

CREATE TABLE acts (
    act_id text PRIMARY KEY,
    digest text NOT NULL,
    key text NOT NULL,
    by text NOT NULL,
    done_at timestamptz NOT NULL
);
CREATE INDEX acts_key ON acts (key, done_at);
CREATE INDEX acts_done_at ON acts (done_at);
COMMENT ON TABLE acts IS 'What people did by a form, once each: a second click, a reload or a lost answer finds its row and does nothing.';
COMMENT ON COLUMN acts.act_id IS 'Random id that the page gave the form when it was shown.';
COMMENT ON COLUMN acts.digest IS 'Hash of the id and what was sent: the same form with another content is told so.';
COMMENT ON COLUMN acts.key IS 'The life it was about.';
COMMENT ON COLUMN acts.by IS 'Who acted, as typed.';
COMMENT ON COLUMN acts.done_at IS 'When it took effect; rows are dropped after 30 days.';

CREATE TABLE alerts (
    subject text NOT NULL,
    alert_id bigint GENERATED ALWAYS AS IDENTITY,
    turn integer NOT NULL DEFAULT 0,
    task text NOT NULL DEFAULT '',
    queue text NOT NULL,
    region text NOT NULL,
    due_at timestamptz NOT NULL,
    raised_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'created',
    attempts integer NOT NULL DEFAULT 0,
    next_try timestamptz DEFAULT clock_timestamp(),
    recipient text NOT NULL DEFAULT '',
    ring_id text NOT NULL DEFAULT '',
    rung_at timestamptz,
    answered_at timestamptz,
    answered_by text NOT NULL DEFAULT '',
    PRIMARY KEY (subject, alert_id)
);
CREATE INDEX alerts_waiting ON alerts (next_try) WHERE next_try IS NOT NULL;
CREATE INDEX alerts_rung ON alerts (recipient, rung_at) WHERE rung_at IS NOT NULL;
COMMENT ON TABLE alerts IS 'What must ring for a person: written with the event that calls for it, sent at least once, passed on while nobody answers.';
COMMENT ON COLUMN alerts.subject IS 'What it is about; never sent.';
COMMENT ON COLUMN alerts.alert_id IS 'The order in which alerts were raised.';
COMMENT ON COLUMN alerts.turn IS 'Which of the queue''s recipients is rung: 0 is the first.';
COMMENT ON COLUMN alerts.task IS 'The kind of the task it rings for: it rings no longer once that is closed; empty without a task.';
COMMENT ON COLUMN alerts.queue IS 'Whose it is; finds the recipients.';
COMMENT ON COLUMN alerts.region IS 'Where, if that matters; else empty.';
COMMENT ON COLUMN alerts.due_at IS 'By when somebody must have answered; told in the text.';
COMMENT ON COLUMN alerts.raised_at IS 'When it was raised, by the service''s clock.';
COMMENT ON COLUMN alerts.state IS 'created, sending, delivered, temporary_failure or permanent_failure.';
COMMENT ON COLUMN alerts.attempts IS 'How often it was sent in this turn.';
COMMENT ON COLUMN alerts.next_try IS 'When the sender looks at it again: to ring, to ring once more, or to pass it on; null once nothing is awaited.';
COMMENT ON COLUMN alerts.recipient IS 'Whom it rang, by the name in the settings; empty before.';
COMMENT ON COLUMN alerts.ring_id IS 'Random id of the message that carried it, with all others of that message.';
COMMENT ON COLUMN alerts.rung_at IS 'When it was last handed to the gateway.';
COMMENT ON COLUMN alerts.answered_at IS 'When somebody acted, or the need to act went; null while it is awaited.';
COMMENT ON COLUMN alerts.answered_by IS 'Who acted, as typed; empty if the need to act went.';

CREATE SCHEMA vault;
COMMENT ON SCHEMA vault IS 'Data keys, each wrapped by a key outside the database; its rows are left out of every backup (pg_dump --exclude-table-data=vault.*).';
CREATE TABLE vault.wrapping (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    key_id text NOT NULL,
    since timestamptz NOT NULL
);
COMMENT ON TABLE vault.wrapping IS 'Which key of the key service wraps new data keys; one row.';
COMMENT ON COLUMN vault.wrapping.one IS 'There is one row.';
COMMENT ON COLUMN vault.wrapping.key_id IS 'Its id at the key service; the key itself is in no database.';
COMMENT ON COLUMN vault.wrapping.since IS 'Since when.';

CREATE TABLE vault.keys (
    owner text PRIMARY KEY,
    key_id text NOT NULL,
    wrapped bytea,
    destroyed_at timestamptz
);
COMMENT ON TABLE vault.keys IS 'One data key for each whose texts lie sealed; without it they are noise.';
COMMENT ON COLUMN vault.keys.owner IS 'What the key seals, by kind and random id.';
COMMENT ON COLUMN vault.keys.key_id IS 'The wrapping key; empty once destroyed.';
COMMENT ON COLUMN vault.keys.wrapped IS 'The data key, wrapped for this owner; null once destroyed.';
COMMENT ON COLUMN vault.keys.destroyed_at IS 'When it was destroyed: what it sealed is erased, not lost; null while it lives.';

CREATE TABLE sessions (
    session_hash text PRIMARY KEY,
    subject text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    region text NOT NULL,
    station text NOT NULL,
    facility text NOT NULL,
    began_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL
);
CREATE INDEX sessions_ends ON sessions (ends_at);
COMMENT ON TABLE sessions IS 'Who has come in through this service''s door; a row that is gone is a session that has ended.';
COMMENT ON COLUMN sessions.session_hash IS 'SHA-256 of the random id in the cookie: these rows let nobody in.';
COMMENT ON COLUMN sessions.subject IS 'Id of the person at the issuer.';
COMMENT ON COLUMN sessions.name IS 'As the issuer says; signs what this person does.';
COMMENT ON COLUMN sessions.role IS 'A word of the access rules.';
COMMENT ON COLUMN sessions.region IS 'ISO 3166-2 code of the person''s region; empty: of none.';
COMMENT ON COLUMN sessions.station IS 'The person''s station, as the service''s rows write it; empty: of none.';
COMMENT ON COLUMN sessions.facility IS 'The person''s facility, as the service''s rows write it; empty: of none.';
COMMENT ON COLUMN sessions.began_at IS 'When the person logged in.';
COMMENT ON COLUMN sessions.seen_at IS 'The last request of the person, not of a page that renews itself; five minutes later the session is locked.';
COMMENT ON COLUMN sessions.ends_at IS 'When it ends, whatever happens.';

CREATE TABLE logins (
    state_hash text PRIMARY KEY,
    browser_hash text NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    back text NOT NULL,
    made_at timestamptz NOT NULL
);
COMMENT ON TABLE logins IS 'Who is on the way to the issuer and back; each row is used once, within ten minutes.';
COMMENT ON COLUMN logins.state_hash IS 'SHA-256 of the state that comes back with the code.';
COMMENT ON COLUMN logins.browser_hash IS 'SHA-256 of a cookie: nobody is logged in by an answer that was meant for another browser.';
COMMENT ON COLUMN logins.nonce IS 'Must stand in the ID token.';
COMMENT ON COLUMN logins.verifier IS 'The secret of PKCE that fetches the tokens.';
COMMENT ON COLUMN logins.back IS 'The page to return to.';
COMMENT ON COLUMN logins.made_at IS 'When the browser was sent to the issuer.';
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
