-- Entries of the medico-social register: one a home, and child entries under it. No name stands here.

CREATE TABLE register_entries (
    entry_id text PRIMARY KEY,
    household_ref text NOT NULL,
    facility_code text NOT NULL REFERENCES facilities (code),
    region text NOT NULL,
    ground text NOT NULL,
    state text NOT NULL,
    level text NOT NULL,
    due_on date,
    notices text[] NOT NULL,
    looks integer NOT NULL,
    changes integer NOT NULL,
    code text NOT NULL,
    opened_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    CHECK (state = 'closed' OR due_on IS NOT NULL)
);
CREATE UNIQUE INDEX register_entries_one_a_home ON register_entries (household_ref) WHERE household_ref <> '';
COMMENT ON TABLE register_entries IS 'Entries of the register as the akimat keeps them; the unique index is why a home has one.';
COMMENT ON COLUMN register_entries.entry_id IS 'Random id; the only one that stands on the public topic.';
COMMENT ON COLUMN register_entries.household_ref IS 'Random id of the home; empty once the entry turned out to be unfounded.';
COMMENT ON COLUMN register_entries.facility_code IS 'The akimat that keeps it.';
COMMENT ON COLUMN register_entries.region IS 'ISO 3166-2 code of the region of that akimat.';
COMMENT ON COLUMN register_entries.ground IS 'On which ground it was opened; empty if unfounded.';
COMMENT ON COLUMN register_entries.state IS 'Where it stands in transitions_of_entries.toml.';
COMMENT ON COLUMN register_entries.level IS 'A to E as last assessed; empty before that, and if unfounded.';
COMMENT ON COLUMN register_entries.due_on IS 'By the end of which day it is to be assessed or reviewed; empty once closed.';
COMMENT ON COLUMN register_entries.notices IS 'Needs whose notices it rests on; if the last is taken back it is unfounded.';
COMMENT ON COLUMN register_entries.looks IS 'Counts what was asked of people; names the clocks of this look.';
COMMENT ON COLUMN register_entries.changes IS 'Counts every change: who acts says which state they had before them.';
COMMENT ON COLUMN register_entries.code IS 'Why it was last closed; empty while it never was.';
COMMENT ON COLUMN register_entries.opened_at IS 'When it was first opened.';
COMMENT ON COLUMN register_entries.changed_at IS 'When it last changed.';

CREATE TABLE child_entries (
    entry_id text NOT NULL REFERENCES register_entries (entry_id),
    number integer NOT NULL CHECK (number > 0),
    state text NOT NULL,
    code text NOT NULL,
    PRIMARY KEY (entry_id, number)
);
COMMENT ON TABLE child_entries IS 'The children under an entry, by number; rows of an unfounded entry are deleted.';
COMMENT ON COLUMN child_entries.entry_id IS 'The entry of the home.';
COMMENT ON COLUMN child_entries.number IS 'Counted from 1 under the entry; says nothing of the child.';
COMMENT ON COLUMN child_entries.state IS 'Where it stands in transitions_of_entries.toml: listed or closed.';
COMMENT ON COLUMN child_entries.code IS 'Why it was closed; empty while it is listed.';
