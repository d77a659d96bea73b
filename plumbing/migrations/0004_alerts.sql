-- What must ring for a person, whom it rang, and what came of it; and who took back what was set aside.

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

ALTER TABLE dead_letters ADD COLUMN redriven_by text NOT NULL DEFAULT '';
COMMENT ON COLUMN dead_letters.redriven_by IS 'Who took it again, as typed; empty if it came back by itself.';
