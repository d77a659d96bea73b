CREATE TABLE her_say (
    report_id text PRIMARY KEY,
    version integer NOT NULL,
    state text NOT NULL,
    purposes text[] NOT NULL,
    recipients text[] NOT NULL,
    until timestamptz,
    disclosed integer NOT NULL,
    reason text NOT NULL,
    disclosed_until timestamptz
);
COMMENT ON TABLE her_say IS 'What stands of her say about a report: asked before every attempt. None for a report from before there were contracts.';
COMMENT ON COLUMN her_say.report_id IS 'The report.';
COMMENT ON COLUMN her_say.version IS 'Which say of hers; 0 if she was never asked within a notice.';
COMMENT ON COLUMN her_say.state IS 'given or withdrawn; empty with version 0.';
COMMENT ON COLUMN her_say.purposes IS 'For what she agrees.';
COMMENT ON COLUMN her_say.recipients IS 'To which kinds of receiver.';
COMMENT ON COLUMN her_say.until IS 'From then on it covers nothing new; null if nothing is given.';
COMMENT ON COLUMN her_say.disclosed IS 'Which disclosure without her consent stands; 0 for none.';
COMMENT ON COLUMN her_say.reason IS 'Code of its ground; empty for none.';
COMMENT ON COLUMN her_say.disclosed_until IS 'From then on it covers nothing new; null for none.';

CREATE TABLE holders_told (
    need_id text PRIMARY KEY,
    report_id text NOT NULL,
    version integer NOT NULL,
    attempt integer NOT NULL,
    acknowledged boolean NOT NULL,
    told_at timestamptz NOT NULL,
    acknowledged_at timestamptz
);
COMMENT ON TABLE holders_told IS 'Who was told that she agrees no longer, and who has destroyed the key of her card.';
COMMENT ON COLUMN holders_told.need_id IS 'The need whose holder it is.';
COMMENT ON COLUMN holders_told.report_id IS 'The report she spoke about.';
COMMENT ON COLUMN holders_told.version IS 'Which say of hers.';
COMMENT ON COLUMN holders_told.attempt IS 'The holder''s attempt.';
COMMENT ON COLUMN holders_told.acknowledged IS 'True once it said so.';
COMMENT ON COLUMN holders_told.told_at IS 'When it was told.';
COMMENT ON COLUMN holders_told.acknowledged_at IS 'When it said so; null before.';
