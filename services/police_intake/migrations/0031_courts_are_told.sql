-- Which measures has a court? When their report is taken back, it is told. What is known of it is in what was done about each.

ALTER TABLE measures ADD COLUMN court boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN measures.court IS 'A court has it, or has ruled on it: it is told when the report is taken back.';
UPDATE measures SET court = true WHERE EXISTS (
    SELECT 1 FROM measure_moves m WHERE m.measure_id = measures.measure_id AND (measures.kind, m.act) IN (
        ('administrative_case', 'send_to_court'), ('administrative_case', 'bring_to_court'), ('special_requirements', 'request'),
        ('special_requirements', 'impose'), ('no_approach_order', 'apply')
    )
) AND NOT EXISTS (
    SELECT 1 FROM measure_moves m WHERE m.measure_id = measures.measure_id
        AND m.state IN ('refused', 'cancelled', 'overturned')
);
