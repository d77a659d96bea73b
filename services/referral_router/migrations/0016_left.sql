-- Who came to a centre and left has a state of her own: to police she has arrived, as before.
-- Only an arrival ended a shelter need while its place was held; what a person settled has a task that the person closed.
UPDATE needs n SET state = 'left'
    WHERE kind = 'shelter' AND state = 'settled'
    AND EXISTS (SELECT 1 FROM attempts a WHERE a.need_id = n.need_id AND a.attempt = n.attempt AND a.outcome = 'held')
    AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.subject = n.need_id AND t.kind = 'need' AND t.closed_by <> 'router');

COMMENT ON COLUMN needs.state IS 'asked, withdrawing, held, with_person, arrived, left, settled or withdrawn; before_court, awaiting_bed, in_treatment, missing.';
