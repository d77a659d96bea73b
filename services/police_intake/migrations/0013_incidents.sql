-- Incidents that a dispatch system published on Kafka, each with what became of it.

CREATE TABLE incidents (
    incident_id text PRIMARY KEY,
    version integer NOT NULL,
    content_hash text NOT NULL,
    verdict text NOT NULL,
    report_id text NOT NULL,
    held_id text NOT NULL,
    errors jsonb NOT NULL,
    heard_at timestamptz NOT NULL
);
COMMENT ON TABLE incidents IS 'What a dispatch system published, once each: said again, it does nothing; with other content, it corrects its report.';
COMMENT ON COLUMN incidents.incident_id IS 'What the dispatch system calls it.';
COMMENT ON COLUMN incidents.version IS 'Which content of it was last heard, as the dispatch system counts; an older one never overwrites.';
COMMENT ON COLUMN incidents.content_hash IS 'Hash of what it last said: equal content does nothing twice.';
COMMENT ON COLUMN incidents.verdict IS 'accepted, duplicate, correction or held.';
COMMENT ON COLUMN incidents.report_id IS 'The report it became or belongs to; empty if none yet.';
COMMENT ON COLUMN incidents.held_id IS 'The held record that waits for an officer, or waited last; empty if none did.';
COMMENT ON COLUMN incidents.errors IS 'Which fields were wrong, by which rule, with the mend; no value.';
COMMENT ON COLUMN incidents.heard_at IS 'When it was last heard.';
