-- One-time private keys lie wrapped: who has the whole table opens no card with it.

DO $$ BEGIN
    IF EXISTS (SELECT FROM keys.one_time) THEN
        RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE =
            'keys lie here that a version never released kept open: let every hold end with that version, or begin with an empty database';
    END IF;
END $$;
COMMENT ON COLUMN keys.one_time.private_key IS 'X25519, sealed under a data key of its own; in no log, page, event or decision row.';
COMMENT ON SCHEMA keys IS 'One-time private keys; its rows are left out of every backup (pg_dump --exclude-table-data=keys.*).';
