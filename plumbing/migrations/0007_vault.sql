-- Keys of what lies sealed, in a schema that no backup holds, and letters sealed under a key of their own.

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

DO $$ BEGIN
    IF EXISTS (SELECT FROM dead_letters WHERE redriven_at IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE =
            'letters lie here that were kept before letters were sealed: redrive them with the version that kept them, then start this one';
    END IF;
END $$;
DELETE FROM dead_letters;
COMMENT ON COLUMN dead_letters.value IS 'The bytes as they came, sealed under a key of this letter alone; the key goes when it is taken.';
