CREATE TABLE consents (
    report_id text NOT NULL REFERENCES reports (report_id),
    version integer NOT NULL,
    state text NOT NULL CHECK (state IN ('given', 'refused', 'withdrawn')),
    notice text NOT NULL,
    language text NOT NULL,
    purposes text[] NOT NULL,
    recipients text[] NOT NULL,
    data_classes text[] NOT NULL,
    term_days integer NOT NULL,
    how text NOT NULL,
    until timestamptz,
    asked_apart boolean,
    by text NOT NULL,
    source text NOT NULL,
    handed_card boolean NOT NULL,
    said_at timestamptz NOT NULL,
    PRIMARY KEY (report_id, version)
);
CREATE FUNCTION consents_stay() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what she said is never changed: what she says next is the next version'; END $$;
CREATE TRIGGER consents_stay BEFORE UPDATE OR DELETE ON consents FOR EACH ROW EXECUTE FUNCTION consents_stay();
COMMENT ON TABLE consents IS 'Every say of hers about help, within which notice; rows are added, never changed.';
COMMENT ON COLUMN consents.report_id IS 'The report it was said about.';
COMMENT ON COLUMN consents.version IS 'Which say, counted from 1; the latest stands.';
COMMENT ON COLUMN consents.state IS 'given, refused (a first no) or withdrawn.';
COMMENT ON COLUMN consents.notice IS 'Which notice and version she was given; empty if none.';
COMMENT ON COLUMN consents.language IS 'In which language; empty if not known.';
COMMENT ON COLUMN consents.purposes IS 'For what.';
COMMENT ON COLUMN consents.recipients IS 'To which kinds of receiver.';
COMMENT ON COLUMN consents.data_classes IS 'Which classes of data may stand on a card.';
COMMENT ON COLUMN consents.term_days IS 'For how many days.';
COMMENT ON COLUMN consents.how IS 'spoken, signed, telephone; as_recorded if only a journal or a machine says so.';
COMMENT ON COLUMN consents.until IS 'From then on it covers nothing new; null unless given.';
COMMENT ON COLUMN consents.asked_apart IS 'Was she asked apart from the other person; null if not known.';
COMMENT ON COLUMN consents.by IS 'Who asked her; empty if not known.';
COMMENT ON COLUMN consents.source IS 'form, journal or machine.';
COMMENT ON COLUMN consents.handed_card IS 'At a refusal: the card with the numbers of help was left with her.';
COMMENT ON COLUMN consents.said_at IS 'When it was kept.';

CREATE TABLE consent_withdrawals (
    report_id text NOT NULL REFERENCES reports (report_id),
    version integer NOT NULL,
    by text NOT NULL,
    how text NOT NULL,
    holders integer,
    heard_at timestamptz NOT NULL,
    passed_on_at timestamptz,
    done_at timestamptz,
    PRIMARY KEY (report_id, version)
);
COMMENT ON TABLE consent_withdrawals IS 'How far a withdrawal has come: told to how many holders, done when.';
COMMENT ON COLUMN consent_withdrawals.report_id IS 'The report.';
COMMENT ON COLUMN consent_withdrawals.version IS 'Which say of hers it is.';
COMMENT ON COLUMN consent_withdrawals.by IS 'Who took it.';
COMMENT ON COLUMN consent_withdrawals.how IS 'How she said it.';
COMMENT ON COLUMN consent_withdrawals.holders IS 'How many must acknowledge; null until the router says.';
COMMENT ON COLUMN consent_withdrawals.heard_at IS 'When it was taken here.';
COMMENT ON COLUMN consent_withdrawals.passed_on_at IS 'When the router said how many were told; null before.';
COMMENT ON COLUMN consent_withdrawals.done_at IS 'When the last holder had acknowledged; null before.';

CREATE TABLE consent_acknowledgements (
    report_id text NOT NULL,
    version integer NOT NULL,
    need_id text NOT NULL,
    place integer NOT NULL,
    acknowledged_at timestamptz NOT NULL,
    PRIMARY KEY (report_id, version, need_id),
    FOREIGN KEY (report_id, version) REFERENCES consent_withdrawals (report_id, version)
);
COMMENT ON TABLE consent_acknowledgements IS 'Which needs'' holders have said that her card is destroyed; never who they are.';
COMMENT ON COLUMN consent_acknowledgements.report_id IS 'The report.';
COMMENT ON COLUMN consent_acknowledgements.version IS 'Which say of hers.';
COMMENT ON COLUMN consent_acknowledgements.need_id IS 'The need whose holder it was.';
COMMENT ON COLUMN consent_acknowledgements.place IS 'In which order they came, from 1.';
COMMENT ON COLUMN consent_acknowledgements.acknowledged_at IS 'When it was heard here.';

CREATE TABLE disclosures (
    report_id text NOT NULL REFERENCES reports (report_id),
    version integer NOT NULL,
    reason text NOT NULL,
    state text NOT NULL CHECK (state IN ('asked', 'allowed', 'refused', 'ended')),
    asked_by text NOT NULL,
    asked_actor text NOT NULL,
    decided_by text NOT NULL,
    decided_actor text NOT NULL,
    until timestamptz,
    data_classes text[] NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('', 'lawful', 'unlawful')),
    reviewed_by text NOT NULL,
    asked_at timestamptz NOT NULL,
    decided_at timestamptz,
    reviewed_at timestamptz,
    PRIMARY KEY (report_id, version),
    CHECK (decided_by = '' OR decided_by <> asked_by),
    CHECK (reviewed_by = '' OR reviewed_by NOT IN (asked_by, decided_by))
);
COMMENT ON TABLE disclosures IS 'What was told, or asked to be told, without her yes: on which ground, by which two people, and found right by a third or not.';
COMMENT ON COLUMN disclosures.report_id IS 'The report.';
COMMENT ON COLUMN disclosures.version IS 'Counts the disclosures about it from 1.';
COMMENT ON COLUMN disclosures.reason IS 'Code of the ground (notices/grounds.toml).';
COMMENT ON COLUMN disclosures.state IS 'asked, allowed, refused, ended.';
COMMENT ON COLUMN disclosures.asked_by IS 'The first person.';
COMMENT ON COLUMN disclosures.asked_actor IS 'Who was signed in then; empty if nobody had to be.';
COMMENT ON COLUMN disclosures.decided_by IS 'The second person; empty before.';
COMMENT ON COLUMN disclosures.decided_actor IS 'Who was signed in then.';
COMMENT ON COLUMN disclosures.until IS 'From then on it covers nothing new; null unless allowed.';
COMMENT ON COLUMN disclosures.data_classes IS 'Which classes of data it covers.';
COMMENT ON COLUMN disclosures.verdict IS 'lawful or unlawful; empty before the review.';
COMMENT ON COLUMN disclosures.reviewed_by IS 'The third person; empty before.';
COMMENT ON COLUMN disclosures.asked_at IS 'When it was asked.';
COMMENT ON COLUMN disclosures.decided_at IS 'When the second person decided; null before.';
COMMENT ON COLUMN disclosures.reviewed_at IS 'When it was reviewed; null before.';

CREATE TABLE card_grounds (
    digest text PRIMARY KEY,
    need_id text NOT NULL,
    report_id text NOT NULL,
    kind text NOT NULL,
    ground text NOT NULL CHECK (ground IN ('consent', 'disclosure', 'law')),
    version integer NOT NULL,
    data_classes text[] NOT NULL,
    sealed_at timestamptz NOT NULL
);
COMMENT ON TABLE card_grounds IS 'On what each card of hers rested when it was sealed.';
COMMENT ON COLUMN card_grounds.digest IS 'SHA-256 of the sealed card; nothing of what stands on it.';
COMMENT ON COLUMN card_grounds.need_id IS 'For which need.';
COMMENT ON COLUMN card_grounds.report_id IS 'From which report.';
COMMENT ON COLUMN card_grounds.kind IS 'Kind of the need.';
COMMENT ON COLUMN card_grounds.ground IS 'consent, disclosure or law.';
COMMENT ON COLUMN card_grounds.version IS 'Which version of it; 0: a yes from before there were contracts, or the law.';
COMMENT ON COLUMN card_grounds.data_classes IS 'Which classes of data stood on it, besides what the law lets be told.';
COMMENT ON COLUMN card_grounds.sealed_at IS 'When.';
