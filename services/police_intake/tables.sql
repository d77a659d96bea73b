-- How the tables are today; migrations/ leads here, and tests/plumbing/test_migrate.py proves it.
-- Beside them stand the tables every service has: plumbing/tables.sql.

CREATE TABLE persons (
    person_id text PRIMARY KEY,
    victim_ref text NOT NULL UNIQUE,
    respondent_ref text NOT NULL UNIQUE,
    same_as text REFERENCES persons (person_id),
    sealed bytea,
    iin_index bytea,
    name_index bytea,
    erased_at timestamptz
);
CREATE UNIQUE INDEX persons_iin ON persons (iin_index) WHERE iin_index IS NOT NULL;
CREATE INDEX persons_named ON persons (name_index) WHERE name_index IS NOT NULL;
CREATE INDEX persons_same ON persons (same_as) WHERE same_as IS NOT NULL;
COMMENT ON TABLE persons IS 'The only table that knows who anybody is, and the only one that joins the sides'' ids to a name.';
COMMENT ON COLUMN persons.person_id IS 'Random id; never leaves police.';
COMMENT ON COLUMN persons.victim_ref IS 'What the victim''s side calls this person; random.';
COMMENT ON COLUMN persons.respondent_ref IS 'What the respondent''s side calls this person; random, and no other side''s id.';
COMMENT ON COLUMN persons.same_as IS 'Another row a named person said to be the same human; null if none. Taken away, everything is as before.';
COMMENT ON COLUMN persons.sealed IS 'Folded name, name, birth date and identity number, sealed under this row''s key; noise once erased.';
COMMENT ON COLUMN persons.iin_index IS 'Blind index of the identity number, only one that passed every check; null if none.';
COMMENT ON COLUMN persons.name_index IS 'Blind index of folded name and birth date; null without a birth date.';
COMMENT ON COLUMN persons.erased_at IS 'When the key was destroyed; null while the person is known.';

CREATE TABLE reports (
    report_id text PRIMARY KEY,
    version integer NOT NULL,
    active boolean NOT NULL,
    victim_id text NOT NULL REFERENCES persons (person_id),
    respondent_id text REFERENCES persons (person_id),
    household_ref text NOT NULL,
    extracted_at timestamptz,
    recorded_at timestamptz NOT NULL,
    consent text NOT NULL,
    region text NOT NULL,
    station text NOT NULL,
    kept_at timestamptz NOT NULL,
    closed_reason text,
    closed_by text,
    sealed bytea,
    number_index bytea,
    erased_at timestamptz,
    wants_woman text NOT NULL DEFAULT 'not_asked' CHECK (wants_woman IN ('yes', 'no', 'not_asked'))
);
CREATE INDEX reports_number ON reports (number_index) WHERE number_index IS NOT NULL;
CREATE INDEX reports_victim ON reports (victim_id);
CREATE INDEX reports_respondent ON reports (respondent_id);
CREATE INDEX reports_station ON reports (station, recorded_at);
COMMENT ON TABLE reports IS 'Every report as it stands now.';
COMMENT ON COLUMN reports.report_id IS 'Random id made here.';
COMMENT ON COLUMN reports.version IS 'Counts its contents from 1.';
COMMENT ON COLUMN reports.active IS 'False once it was taken back.';
COMMENT ON COLUMN reports.victim_id IS 'Who was harmed, as a person.';
COMMENT ON COLUMN reports.respondent_id IS 'The person named in the report; null if nobody.';
COMMENT ON COLUMN reports.household_ref IS 'The victim''s home as the social side knows it; random.';
COMMENT ON COLUMN reports.extracted_at IS 'When the journal was written out; null for one that came by form.';
COMMENT ON COLUMN reports.recorded_at IS 'When police recorded it.';
COMMENT ON COLUMN reports.consent IS 'What she said about help.';
COMMENT ON COLUMN reports.region IS 'ISO 3166-2 code of the region, or unknown.';
COMMENT ON COLUMN reports.station IS 'The station that recorded it.';
COMMENT ON COLUMN reports.kept_at IS 'When it was first kept here.';
COMMENT ON COLUMN reports.closed_reason IS 'Why it was taken back; null while active.';
COMMENT ON COLUMN reports.closed_by IS 'Who took it back.';
COMMENT ON COLUMN reports.sealed IS 'Station, year and number of the journal, and the folded address, sealed under the report''s key.';
COMMENT ON COLUMN reports.number_index IS 'Blind index of station, year and number; the victim is the fourth part. Null once erased.';
COMMENT ON COLUMN reports.erased_at IS 'When the key of its contents was destroyed; null before.';
COMMENT ON COLUMN reports.wants_woman IS 'Does she want a woman to come: yes, no or not_asked; what was asked last stands.';

CREATE TABLE report_versions (
    report_id text NOT NULL REFERENCES reports (report_id),
    version integer NOT NULL,
    doubts text[] NOT NULL,
    kept_at timestamptz NOT NULL,
    sealed bytea,
    content_index bytea,
    iin_indexes bytea[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (report_id, version)
);
CREATE INDEX report_versions_content ON report_versions (content_index) WHERE content_index IS NOT NULL;
COMMENT ON TABLE report_versions IS 'Every content a report ever had, as it was written; nothing is overwritten.';
COMMENT ON COLUMN report_versions.report_id IS 'The report.';
COMMENT ON COLUMN report_versions.version IS 'Which content of it.';
COMMENT ON COLUMN report_versions.doubts IS 'Columns whose value was set to unknown or repaired.';
COMMENT ON COLUMN report_versions.kept_at IS 'When it was kept.';
COMMENT ON COLUMN report_versions.sealed IS 'Every field as it was written and as it was read, and the hash of both, sealed under the report''s key.';
COMMENT ON COLUMN report_versions.content_index IS 'Blind index of the content: that is how a duplicate is known. Null once erased.';
COMMENT ON COLUMN report_versions.iin_indexes IS 'Blind indexes of the identity numbers in it, also of doubtful ones.';

CREATE TABLE held_records (
    held_id text PRIMARY KEY,
    verdict text NOT NULL,
    reason text NOT NULL,
    kept_at timestamptz NOT NULL,
    extracted_at timestamptz,
    doubts text[] NOT NULL DEFAULT '{}',
    outcome text,
    report_id text,
    closed_by text,
    closed_at timestamptz,
    sealed bytea,
    content_index bytea UNIQUE,
    erased_at timestamptz,
    station text NOT NULL DEFAULT '',
    region text NOT NULL DEFAULT ''
);
COMMENT ON TABLE held_records IS 'What could not be taken as a report yet: kept as it came, an officer''s task on a clock.';
COMMENT ON COLUMN held_records.held_id IS 'Random id; the officer''s task is about it.';
COMMENT ON COLUMN held_records.verdict IS 'held, rejected or refused.';
COMMENT ON COLUMN held_records.reason IS 'Why, in one sentence.';
COMMENT ON COLUMN held_records.kept_at IS 'When it was kept.';
COMMENT ON COLUMN held_records.extracted_at IS 'When its journal was written out; null if unknown.';
COMMENT ON COLUMN held_records.doubts IS 'Columns whose value was doubted when it was read.';
COMMENT ON COLUMN held_records.outcome IS 'registered, correction, duplicate or no_report; null while it waits.';
COMMENT ON COLUMN held_records.report_id IS 'The report it became or belongs to; null while it waits, empty if none.';
COMMENT ON COLUMN held_records.closed_by IS 'Who settled it.';
COMMENT ON COLUMN held_records.closed_at IS 'When it was settled; null while it waits.';
COMMENT ON COLUMN held_records.station IS 'The station its journal named; empty if none could be told.';
COMMENT ON COLUMN held_records.region IS 'ISO 3166-2 code of the region that its station''s name tells, or unknown; empty if it names none.';
COMMENT ON COLUMN held_records.sealed IS 'Every field as it came, sealed under this record''s key.';
COMMENT ON COLUMN held_records.content_index IS 'Blind index: equal content is kept once. Null once erased.';
COMMENT ON COLUMN held_records.erased_at IS 'When its key was destroyed; null before.';

CREATE TABLE import_runs (
    run_id text PRIMARY KEY,
    file_hash text NOT NULL,
    file_name text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    records integer,
    file_path text NOT NULL DEFAULT '',
    file_host text NOT NULL DEFAULT '',
    file_destroyed_at timestamptz
);
CREATE UNIQUE INDEX import_runs_open ON import_runs (file_hash) WHERE finished_at IS NULL;
COMMENT ON TABLE import_runs IS 'Each import of a file; an unfinished one is taken up again where it stopped.';
COMMENT ON COLUMN import_runs.run_id IS 'Random id of one import.';
COMMENT ON COLUMN import_runs.file_hash IS 'Hash of the file''s bytes: the same bytes take up the same run.';
COMMENT ON COLUMN import_runs.file_name IS 'What the file was called.';
COMMENT ON COLUMN import_runs.started_at IS 'When it began.';
COMMENT ON COLUMN import_runs.finished_at IS 'When its last record had a verdict; null before.';
COMMENT ON COLUMN import_runs.records IS 'How many records the file held, counted apart from the verdicts; null until the end.';
COMMENT ON COLUMN import_runs.file_path IS 'Where it lies; empty if it is kept outside, or destroyed.';
COMMENT ON COLUMN import_runs.file_host IS 'On which machine.';
COMMENT ON COLUMN import_runs.file_destroyed_at IS 'When it was destroyed; its hash stays. Null before.';

CREATE TABLE import_verdicts (
    run_id text NOT NULL REFERENCES import_runs (run_id),
    record integer NOT NULL,
    verdict text NOT NULL,
    doubts text[] NOT NULL,
    reason text NOT NULL,
    report_id text NOT NULL,
    PRIMARY KEY (run_id, record)
);
COMMENT ON TABLE import_verdicts IS 'One verdict a record, written in the transaction that acts on it.';
COMMENT ON COLUMN import_verdicts.run_id IS 'The import.';
COMMENT ON COLUMN import_verdicts.record IS 'Which record of the file, from 1.';
COMMENT ON COLUMN import_verdicts.verdict IS 'accepted, duplicate, correction, held, ignored or rejected.';
COMMENT ON COLUMN import_verdicts.doubts IS 'Columns whose value was set to unknown or repaired.';
COMMENT ON COLUMN import_verdicts.reason IS 'Why, where that is not plain.';
COMMENT ON COLUMN import_verdicts.report_id IS 'The report it became or belongs to; empty if none.';

CREATE TABLE answered_requests (
    client text NOT NULL,
    idempotency_key text NOT NULL,
    body_hash text NOT NULL,
    status integer NOT NULL,
    body jsonb NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (client, idempotency_key)
);
COMMENT ON TABLE answered_requests IS 'What was answered under which key: the same asking gets the same answer.';
COMMENT ON COLUMN answered_requests.client IS 'Who asked, as it calls itself.';
COMMENT ON COLUMN answered_requests.idempotency_key IS 'The key it gave.';
COMMENT ON COLUMN answered_requests.body_hash IS 'Keyed hash of what it sent: another body under the key is refused.';
COMMENT ON COLUMN answered_requests.status IS 'The first answer''s status.';
COMMENT ON COLUMN answered_requests.body IS 'The first answer, given again.';
COMMENT ON COLUMN answered_requests.answered_at IS 'When it was answered.';

CREATE TABLE needs_seen (
    need_id text PRIMARY KEY,
    kind text NOT NULL,
    state text NOT NULL,
    queue text NOT NULL,
    sequence integer NOT NULL,
    public_key bytea
);
COMMENT ON TABLE needs_seen IS 'How each need stands, never where: no facility, no region.';
COMMENT ON COLUMN needs_seen.need_id IS 'Random id, made by the router.';
COMMENT ON COLUMN needs_seen.kind IS 'What is needed.';
COMMENT ON COLUMN needs_seen.state IS 'asked, answered, with_person, arrived, closed or withdrawn; before_court, awaiting_bed, in_treatment, missing.';
COMMENT ON COLUMN needs_seen.queue IS 'With whom, if it is with a person.';
COMMENT ON COLUMN needs_seen.sequence IS 'Counts its changes; an older one never overwrites.';
COMMENT ON COLUMN needs_seen.public_key IS 'One-time key of its confirmed holder; null without one.';

CREATE TABLE report_needs (
    report_id text NOT NULL,
    need_id text NOT NULL,
    PRIMARY KEY (report_id, need_id)
);
COMMENT ON TABLE report_needs IS 'Which needs a report is answered by; several reports about one person may rest on one need.';
COMMENT ON COLUMN report_needs.report_id IS 'The report.';
COMMENT ON COLUMN report_needs.need_id IS 'The need that answers it.';

CREATE TABLE victim_answers (
    report_id text PRIMARY KEY REFERENCES reports (report_id),
    asked_apart boolean NOT NULL,
    consent text NOT NULL,
    by text NOT NULL,
    answered_at timestamptz NOT NULL,
    sealed bytea
);
COMMENT ON TABLE victim_answers IS 'What she herself answered; a journal that is silent never takes it back.';
COMMENT ON COLUMN victim_answers.report_id IS 'The report it is about.';
COMMENT ON COLUMN victim_answers.asked_apart IS 'Was she asked apart from the other person.';
COMMENT ON COLUMN victim_answers.consent IS 'What she said about help.';
COMMENT ON COLUMN victim_answers.by IS 'Who asked her.';
COMMENT ON COLUMN victim_answers.answered_at IS 'When it was kept.';
COMMENT ON COLUMN victim_answers.sealed IS 'How she may be reached safely, sealed under the report''s key.';

CREATE TABLE person_judgements (
    person_id text NOT NULL REFERENCES persons (person_id),
    other_id text NOT NULL REFERENCES persons (person_id),
    verdict text NOT NULL,
    by text NOT NULL,
    judged_at timestamptz NOT NULL
);
CREATE INDEX person_judgements_person ON person_judgements (person_id);
COMMENT ON TABLE person_judgements IS 'Who said, and when, that two rows are one human, or are not; never overwritten.';
COMMENT ON COLUMN person_judgements.person_id IS 'The row in doubt.';
COMMENT ON COLUMN person_judgements.other_id IS 'The row it was held against.';
COMMENT ON COLUMN person_judgements.verdict IS 'same, different or parted.';
COMMENT ON COLUMN person_judgements.by IS 'Who judged.';
COMMENT ON COLUMN person_judgements.judged_at IS 'When.';

CREATE TABLE need_changes (
    need_id text NOT NULL,
    sequence integer NOT NULL,
    state text NOT NULL,
    queue text NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (need_id, sequence)
);
COMMENT ON TABLE need_changes IS 'When police heard of each change of a need; never where.';
COMMENT ON COLUMN need_changes.need_id IS 'The need.';
COMMENT ON COLUMN need_changes.sequence IS 'Counts its changes.';
COMMENT ON COLUMN need_changes.state IS 'How it stood from then on.';
COMMENT ON COLUMN need_changes.queue IS 'With whom, if it was with a person.';
COMMENT ON COLUMN need_changes.seen_at IS 'When it was heard here.';

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
COMMENT ON COLUMN incidents.content_hash IS 'Blind index of what it last said: equal content does nothing twice.';
COMMENT ON COLUMN incidents.verdict IS 'accepted, duplicate, correction or held.';
COMMENT ON COLUMN incidents.report_id IS 'The report it became or belongs to; empty if none yet.';
COMMENT ON COLUMN incidents.held_id IS 'The held record that waits for an officer, or waited last; empty if none did.';
COMMENT ON COLUMN incidents.errors IS 'Which fields were wrong, by which rule, with the mend; no value.';
COMMENT ON COLUMN incidents.heard_at IS 'When it was last heard.';

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
CREATE TRIGGER consents_are_not_emptied BEFORE TRUNCATE ON consents FOR EACH STATEMENT EXECUTE FUNCTION consents_stay();
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
CREATE TABLE erasures (
    person_id text REFERENCES persons (person_id),
    state text NOT NULL,
    reason text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL,
    approved_by text NOT NULL,
    due_at timestamptz,
    requested_actor text NOT NULL DEFAULT '',
    approved_actor text NOT NULL DEFAULT '',
    approved_at timestamptz,
    ended_at timestamptz,
    ended_by text NOT NULL DEFAULT '',
    PRIMARY KEY (person_id, requested_at),
    CONSTRAINT erasures_two_people CHECK (approved_by = '' OR lower(btrim(approved_by)) <> lower(btrim(requested_by))),
    CONSTRAINT erasures_two_logins CHECK (approved_actor = '' OR approved_actor <> requested_actor),
    CONSTRAINT erasures_both_logins CHECK (approved_by = '' OR (approved_actor = '') = (requested_actor = '')),
    CONSTRAINT erasures_approved CHECK (state NOT IN ('approved', 'done', 'complete') OR approved_by <> '')
);
COMMENT ON TABLE erasures IS 'Every erasure asked for; two people and some days stand before it. The latest of a person counts.';
COMMENT ON COLUMN erasures.person_id IS 'The row; random.';
COMMENT ON COLUMN erasures.state IS 'requested, approved, cancelled, done (the keys are gone here) or complete (every holder has acknowledged).';
COMMENT ON COLUMN erasures.reason IS 'A code.';
COMMENT ON COLUMN erasures.requested_by IS 'Who asked.';
COMMENT ON COLUMN erasures.requested_at IS 'When.';
COMMENT ON COLUMN erasures.approved_by IS 'The second person; empty before.';
COMMENT ON COLUMN erasures.due_at IS 'When the keys go, or went; null before the approval.';
COMMENT ON COLUMN erasures.requested_actor IS 'Who asked, by login; empty if nobody was signed in.';
COMMENT ON COLUMN erasures.approved_actor IS 'The second person, by login; empty before, or if nobody was signed in.';
COMMENT ON COLUMN erasures.approved_at IS 'When the second person approved; null before, and of those approved before this was kept.';
COMMENT ON COLUMN erasures.ended_at IS 'When it was taken back, or the keys went; null before, and of those that ended before this was kept.';
COMMENT ON COLUMN erasures.ended_by IS 'Who took it back; empty if nobody did.';

CREATE TABLE erasure_holders (
    person_id text NOT NULL,
    requested_at timestamptz NOT NULL,
    need_id text NOT NULL,
    service text NOT NULL,
    due_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    PRIMARY KEY (person_id, requested_at, need_id, service),
    FOREIGN KEY (person_id, requested_at) REFERENCES erasures (person_id, requested_at)
);
CREATE INDEX erasure_holders_need ON erasure_holders (need_id);
COMMENT ON TABLE erasure_holders IS 'Who was told to destroy a card when a person was erased, and when each has said that it is done.';
COMMENT ON COLUMN erasure_holders.person_id IS 'Whose erasure.';
COMMENT ON COLUMN erasure_holders.requested_at IS 'Which erasure of that person.';
COMMENT ON COLUMN erasure_holders.need_id IS 'The need whose card it is.';
COMMENT ON COLUMN erasure_holders.service IS 'social_registry or health_narcology: it follows from the kind of the need, and names no facility.';
COMMENT ON COLUMN erasure_holders.due_at IS 'Until when an answer is awaited; then a person asks.';
COMMENT ON COLUMN erasure_holders.acknowledged_at IS 'When it said that no key is left; null while it is silent.';

CREATE TABLE risk_steps (
    report_id text NOT NULL REFERENCES reports (report_id),
    version integer NOT NULL,
    step text NOT NULL CHECK (step IN ('assessed', 'raised', 'lowering', 'lowered', 'left')),
    grade text NOT NULL,
    computed text NOT NULL,
    proposed text NOT NULL,
    reason text NOT NULL,
    grid text NOT NULL,
    asked_apart boolean NOT NULL,
    leaves_region boolean NOT NULL,
    by text NOT NULL,
    actor text NOT NULL,
    kept_at timestamptz NOT NULL,
    sealed bytea,
    PRIMARY KEY (report_id, version)
);
CREATE FUNCTION risk_steps_stay() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a step about the risk is never changed: what is said next is the next version'; END $$;
CREATE TRIGGER risk_steps_stay BEFORE UPDATE OR DELETE ON risk_steps FOR EACH ROW EXECUTE FUNCTION risk_steps_stay();
COMMENT ON TABLE risk_steps IS 'Every step about the risk for her: asked, raised by one person, lowered by two; rows are added, never changed. It orders work; it is no evidence.';
COMMENT ON COLUMN risk_steps.report_id IS 'The report it is about.';
COMMENT ON COLUMN risk_steps.version IS 'Which step, counted from 1; the latest stands.';
COMMENT ON COLUMN risk_steps.step IS 'assessed, raised, lowering (asked for), lowered, or left as it was.';
COMMENT ON COLUMN risk_steps.grade IS 'The grade that stands after this step: standard, medium, high or extreme.';
COMMENT ON COLUMN risk_steps.computed IS 'What the grid made of her latest answers; empty before there are any.';
COMMENT ON COLUMN risk_steps.proposed IS 'A lower grade that waits for a second person; else empty.';
COMMENT ON COLUMN risk_steps.reason IS 'Code of why a person sees it otherwise; empty for an assessment.';
COMMENT ON COLUMN risk_steps.grid IS 'Which grid and version she was asked by, as KZ-RG/1.';
COMMENT ON COLUMN risk_steps.asked_apart IS 'Was she asked apart from the other person; if not, every answer counts as unknown.';
COMMENT ON COLUMN risk_steps.leaves_region IS 'She wants a place outside her region.';
COMMENT ON COLUMN risk_steps.by IS 'Who asked, raised or lowered, as typed or signed.';
COMMENT ON COLUMN risk_steps.actor IS 'Who was signed in; empty or open-doors if nobody was.';
COMMENT ON COLUMN risk_steps.kept_at IS 'When it was kept.';
COMMENT ON COLUMN risk_steps.sealed IS 'Her answers, sealed with the report''s key; null for a step without any.';

CREATE TABLE measures (
    measure_id text PRIMARY KEY,
    kind text NOT NULL,
    report_id text NOT NULL REFERENCES reports (report_id),
    person_id text REFERENCES persons (person_id),
    region text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    began_at timestamptz NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz,
    code text NOT NULL,
    about text NOT NULL,
    told jsonb NOT NULL,
    court boolean NOT NULL DEFAULT false
);
CREATE INDEX measures_report ON measures (report_id);
CREATE INDEX measures_person ON measures (person_id);
COMMENT ON TABLE measures IS 'Every measure as it stands: its life is a table of acts in measures/.';
COMMENT ON COLUMN measures.measure_id IS 'Random id made here; never leaves police.';
COMMENT ON COLUMN measures.kind IS 'Which life: protection_order, administrative_case and so on.';
COMMENT ON COLUMN measures.report_id IS 'The report it rests on.';
COMMENT ON COLUMN measures.person_id IS 'Whom it is about: who was named in the report when it began; null if nobody.';
COMMENT ON COLUMN measures.region IS 'Of the report.';
COMMENT ON COLUMN measures.state IS 'A word of its table.';
COMMENT ON COLUMN measures.version IS 'Counts its moves from 1.';
COMMENT ON COLUMN measures.began_at IS 'When it began in life.';
COMMENT ON COLUMN measures.since IS 'When it came into its state.';
COMMENT ON COLUMN measures.until IS 'When its term ends; null if it has none.';
COMMENT ON COLUMN measures.code IS 'The code it began with, as an article; empty if none.';
COMMENT ON COLUMN measures.about IS 'The measure it rests on, as a case on the order that was broken; empty if none.';
COMMENT ON COLUMN measures.told IS 'What was told with its acts: numbers, months, a basis; words of closed lists, nobody''s name.';
COMMENT ON COLUMN measures.court IS 'A court has it, or has ruled on it: it is told when the report is taken back.';

CREATE TABLE measure_moves (
    measure_id text NOT NULL REFERENCES measures (measure_id),
    version integer NOT NULL,
    act text NOT NULL,
    state text NOT NULL,
    code text NOT NULL,
    by text NOT NULL,
    at timestamptz NOT NULL,
    told jsonb NOT NULL,
    PRIMARY KEY (measure_id, version)
);
CREATE FUNCTION measure_moves_stay() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what was done is never changed: what is done next is the next move'; END $$;
CREATE TRIGGER measure_moves_stay BEFORE UPDATE OR DELETE ON measure_moves FOR EACH ROW EXECUTE FUNCTION measure_moves_stay();
COMMENT ON TABLE measure_moves IS 'Every act about a measure, in order; rows are added, never changed.';
COMMENT ON COLUMN measure_moves.measure_id IS 'The measure.';
COMMENT ON COLUMN measure_moves.version IS 'Which move of it.';
COMMENT ON COLUMN measure_moves.act IS 'A word of its table.';
COMMENT ON COLUMN measure_moves.state IS 'How it stood from then on.';
COMMENT ON COLUMN measure_moves.code IS 'Which kind of it, as a bar that was broken; empty if none.';
COMMENT ON COLUMN measure_moves.by IS 'Who did it; clock or report if nobody.';
COMMENT ON COLUMN measure_moves.at IS 'When, in life.';
COMMENT ON COLUMN measure_moves.told IS 'What was told with it.';

CREATE TABLE parked_measures (
    parked_id text PRIMARY KEY,
    report_id text NOT NULL,
    kind text NOT NULL,
    act text NOT NULL,
    code text NOT NULL,
    by text NOT NULL,
    at timestamptz,
    told jsonb NOT NULL,
    office text NOT NULL,
    settled_as text NOT NULL,
    settled_by text NOT NULL,
    parked_at timestamptz NOT NULL
);
COMMENT ON TABLE parked_measures IS 'Measures whose report nobody knew: kept as they came, with their age, until a person names it.';
COMMENT ON COLUMN parked_measures.parked_id IS 'Random id; the task is about it.';
COMMENT ON COLUMN parked_measures.report_id IS 'The report it named.';
COMMENT ON COLUMN parked_measures.kind IS 'Which life it would begin.';
COMMENT ON COLUMN parked_measures.act IS 'By which act.';
COMMENT ON COLUMN parked_measures.code IS 'With which code; empty if none.';
COMMENT ON COLUMN parked_measures.by IS 'Who said so.';
COMMENT ON COLUMN parked_measures.at IS 'When that was in life; null if not told.';
COMMENT ON COLUMN parked_measures.told IS 'What was told with it.';
COMMENT ON COLUMN parked_measures.office IS 'Whose act it is.';
COMMENT ON COLUMN parked_measures.settled_as IS 'The report it belonged to, or no_report; empty while it waits.';
COMMENT ON COLUMN parked_measures.settled_by IS 'Who settled it; empty while it waits.';
COMMENT ON COLUMN parked_measures.parked_at IS 'When it was kept: its age counts from here.';

CREATE TABLE shifts (
    shift_id text PRIMARY KEY,
    station text NOT NULL,
    region text NOT NULL,
    inspector text NOT NULL,
    is_woman boolean NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL CHECK (until >= since),
    entered_by text NOT NULL,
    ended_by text NOT NULL,
    kept_at timestamptz NOT NULL
);
CREATE INDEX shifts_station ON shifts (station, until);
CREATE INDEX shifts_inspector ON shifts (inspector, until);
COMMENT ON TABLE shifts IS 'Shifts of inspectors for the protection of women, by district; of one that was entered only its end changes.';
COMMENT ON COLUMN shifts.shift_id IS 'Random id made here; never leaves police.';
COMMENT ON COLUMN shifts.station IS 'The district''s station, as reports write it.';
COMMENT ON COLUMN shifts.region IS 'Of the station.';
COMMENT ON COLUMN shifts.inspector IS 'Id of the inspector as staff; never a citizen''s number.';
COMMENT ON COLUMN shifts.is_woman IS 'Is she a woman: some who were hurt speak to no man.';
COMMENT ON COLUMN shifts.since IS 'When the shift begins.';
COMMENT ON COLUMN shifts.until IS 'The first moment the inspector is not there any more; since itself, if it was taken off before it began.';
COMMENT ON COLUMN shifts.entered_by IS 'Who entered it, as typed or signed.';
COMMENT ON COLUMN shifts.ended_by IS 'Who ended it before its time; empty if nobody did.';
COMMENT ON COLUMN shifts.kept_at IS 'When it was last written.';

-- Who sees which row: made of wall.toml. The owner passes while nobody asks; a page sees what its actor may.
ALTER TABLE reports ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON reports TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON reports FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (region = (SELECT wall_of('region'))) OR (SELECT wall_scope()) = 'station' AND (station = (SELECT wall_of('station'))));

ALTER TABLE persons ENABLE ROW LEVEL SECURITY;
ALTER TABLE persons FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON persons TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON persons FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE persons.person_id IN (reports.victim_id, reports.respondent_id)));

ALTER TABLE report_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON report_versions TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON report_versions FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = report_versions.report_id));

ALTER TABLE victim_answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE victim_answers FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON victim_answers TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON victim_answers FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = victim_answers.report_id));

ALTER TABLE report_needs ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_needs FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON report_needs TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON report_needs FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = report_needs.report_id));

ALTER TABLE needs_seen ENABLE ROW LEVEL SECURITY;
ALTER TABLE needs_seen FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON needs_seen TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON needs_seen FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM report_needs WHERE report_needs.need_id = needs_seen.need_id));

ALTER TABLE need_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE need_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON need_changes TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON need_changes FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM report_needs WHERE report_needs.need_id = need_changes.need_id));

ALTER TABLE person_judgements ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_judgements FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON person_judgements TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON person_judgements FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM persons WHERE persons.person_id = person_judgements.person_id));

ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasures FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON erasures TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON erasures FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM persons WHERE persons.person_id = erasures.person_id));

ALTER TABLE erasure_holders ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasure_holders FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON erasure_holders TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON erasure_holders FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM persons WHERE persons.person_id = erasure_holders.person_id));

ALTER TABLE held_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE held_records FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON held_records TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON held_records FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (held_records.region = (SELECT wall_of('region')) OR (held_records.station <> '' AND held_records.station IN (SELECT reports.station FROM reports))) OR (SELECT wall_scope()) = 'station' AND (station = (SELECT wall_of('station'))));

ALTER TABLE consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE consents FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON consents TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON consents FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = consents.report_id));

ALTER TABLE consent_withdrawals ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_withdrawals FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON consent_withdrawals TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON consent_withdrawals FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = consent_withdrawals.report_id));

ALTER TABLE consent_acknowledgements ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_acknowledgements FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON consent_acknowledgements TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON consent_acknowledgements FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = consent_acknowledgements.report_id));

ALTER TABLE disclosures ENABLE ROW LEVEL SECURITY;
ALTER TABLE disclosures FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON disclosures TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON disclosures FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = disclosures.report_id));

ALTER TABLE card_grounds ENABLE ROW LEVEL SECURITY;
ALTER TABLE card_grounds FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON card_grounds TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON card_grounds FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = card_grounds.report_id));

ALTER TABLE incidents ENABLE ROW LEVEL SECURITY;
ALTER TABLE incidents FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON incidents TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON incidents FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (report_id IN (SELECT report_id FROM reports) OR held_id IN (SELECT held_id FROM held_records)) OR (SELECT wall_scope()) = 'station' AND (report_id IN (SELECT report_id FROM reports) OR held_id IN (SELECT held_id FROM held_records)));

ALTER TABLE risk_steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE risk_steps FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON risk_steps TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON risk_steps FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = risk_steps.report_id));

ALTER TABLE measures ENABLE ROW LEVEL SECURITY;
ALTER TABLE measures FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON measures TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON measures FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM reports WHERE reports.report_id = measures.report_id));

ALTER TABLE measure_moves ENABLE ROW LEVEL SECURITY;
ALTER TABLE measure_moves FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON measure_moves TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON measure_moves FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR EXISTS (SELECT 1 FROM measures WHERE measures.measure_id = measure_moves.measure_id));

ALTER TABLE parked_measures ENABLE ROW LEVEL SECURITY;
ALTER TABLE parked_measures FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON parked_measures TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON parked_measures FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country'));

ALTER TABLE shifts ENABLE ROW LEVEL SECURITY;
ALTER TABLE shifts FORCE ROW LEVEL SECURITY;
CREATE POLICY at_work ON shifts TO CURRENT_USER USING ((SELECT coalesce(current_setting('qorgan.role', true), '')) = '');
CREATE POLICY pages ON shifts FOR SELECT USING ((SELECT wall_scope()) IN ('all', 'country') OR (SELECT wall_scope()) = 'region' AND (region = (SELECT wall_of('region'))) OR (SELECT wall_scope()) = 'station' AND (station = (SELECT wall_of('station'))));
