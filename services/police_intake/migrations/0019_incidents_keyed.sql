-- What an incident last said is kept as a hash under a key; what was kept without one is forgotten.

UPDATE incidents SET content_hash = '';
COMMENT ON COLUMN incidents.content_hash IS 'Blind index of what it last said: equal content does nothing twice.';
