-- Each rule pack that decided here, whole, under its hash; and what its rules found, beside each decision.

CREATE TABLE rule_packs (
    law_hash text PRIMARY KEY,
    pack bytea NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE rule_packs IS 'Every rule pack under which this service ever worked, so that a past decision can be decided again.';
COMMENT ON COLUMN rule_packs.law_hash IS 'Hash of the pack: its name in decisions.';
COMMENT ON COLUMN rule_packs.pack IS 'The texts of its files, as JSON, compressed with zlib.';
COMMENT ON COLUMN rule_packs.kept_at IS 'When a service first worked under it here.';

ALTER TABLE decisions ADD COLUMN findings jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN decisions.findings IS 'What each rule asked found: its place in the pack, met (null: unknown), what was seen, what would have changed it.';
