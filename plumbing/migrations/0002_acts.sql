-- Forms that had their effect: a second click finds itself here.

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
