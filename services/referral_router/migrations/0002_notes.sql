-- What was done by telephone about a need: a note by name, decided nowhere.

CREATE TABLE notes (
    need_id text NOT NULL REFERENCES needs (need_id),
    noted_at timestamptz NOT NULL,
    said text NOT NULL,
    by text NOT NULL,
    channel text NOT NULL,
    answered_by text NOT NULL,
    note_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY
);
CREATE INDEX notes_need ON notes (need_id, noted_at);
COMMENT ON TABLE notes IS 'Notes by name: what somebody said by telephone. The owner of a place records the answer itself, on its own page.';
COMMENT ON COLUMN notes.need_id IS 'The need.';
COMMENT ON COLUMN notes.noted_at IS 'When it was noted.';
COMMENT ON COLUMN notes.said IS 'taken_over, will_answer, no_place, found_elsewhere or not_reached: a code, so that nobody''s story is kept here.';
COMMENT ON COLUMN notes.by IS 'Who noted it, as typed.';
COMMENT ON COLUMN notes.channel IS 'page or telephone.';
COMMENT ON COLUMN notes.answered_by IS 'Who spoke at the other end, as typed; empty if nobody.';
COMMENT ON COLUMN notes.note_id IS 'The order of notes.';
