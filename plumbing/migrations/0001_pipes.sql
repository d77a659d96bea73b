-- The tables that every service has, whatever it decides about.

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
COMMENT ON COLUMN inbox.next_number IS 'The number that is taken next; lower ones are repeats, higher ones a gap.';
COMMENT ON COLUMN inbox.next_offset IS 'Where reading goes on in Kafka.';
COMMENT ON COLUMN inbox.cluster_id IS 'The Kafka this watermark speaks of; another one stops the service.';
COMMENT ON COLUMN inbox.topic_id IS 'The topic''s own id: a topic made again under the same name has another.';

CREATE TABLE outbox_heads (
    topic text NOT NULL,
    partition integer NOT NULL,
    last_number bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE outbox_heads IS 'The last number given; locked as the last act before COMMIT, so numbers follow commits without a gap.';

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
COMMENT ON COLUMN outbox.value IS 'The bytes as they go onto the wire.';

CREATE TABLE outbox_cursors (
    topic text NOT NULL,
    partition integer NOT NULL,
    sent_number bigint NOT NULL DEFAULT 0,
    cluster_id text NOT NULL,
    topic_id text NOT NULL,
    PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE outbox_cursors IS 'How far the journal has been acknowledged by Kafka, without a gap.';

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
    UNIQUE (topic, partition, number)
);
CREATE INDEX dead_letters_held ON dead_letters (key, letter_id) WHERE redriven_at IS NULL;
COMMENT ON TABLE dead_letters IS 'Messages that could not be taken, and the later ones of their key that wait behind them in order.';
COMMENT ON COLUMN dead_letters.behind IS 'True: nothing is wrong with it, it only waits behind an earlier one.';

CREATE TABLE decisions (
    decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id text NOT NULL,
    heard text NOT NULL,
    key text NOT NULL,
    decided_at timestamptz NOT NULL,
    seed bytea NOT NULL,
    law_hash text NOT NULL,
    message jsonb NOT NULL,
    seen jsonb NOT NULL,
    decided jsonb NOT NULL
);
CREATE INDEX decisions_key ON decisions (key, decision_id);
COMMENT ON TABLE decisions IS 'Every decision with all it saw: message, facts, time, seed of its ids, hash of the rule pack.';

CREATE TABLE workers (
    worker_id text PRIMARY KEY,
    seen_at timestamptz NOT NULL
);
COMMENT ON TABLE workers IS 'Who reads for this service now: live workers share the partitions evenly.';
COMMENT ON COLUMN workers.seen_at IS 'A worker not seen for the session time-out is taken for dead; its late batch fails at the inbox.';
