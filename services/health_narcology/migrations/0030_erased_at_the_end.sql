-- Who is erased while a court has his file is forgotten when the case ends: until then it is remembered here.

ALTER TABLE cases ADD COLUMN erase_at_end boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN cases.erase_at_end IS 'He was erased where he is known: key and card go, and it is said, when the case ends.';
