"""What lies in the databases? The checker's own SQL, one snapshot a database."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import psycopg2
from psycopg2.extras import RealDictCursor

from tests.checker.evidence import Row

PIPES = {
    "inbox": "SELECT topic, partition, next_number FROM inbox",
    "heads": "SELECT topic, partition, last_number FROM outbox_heads",
    "cursors": "SELECT topic, partition, sent_number FROM outbox_cursors",
    "outbox": "SELECT topic, partition, number, key, encode(sha256(value), 'hex') AS digest FROM outbox"
              " ORDER BY topic, partition, number",
    "clocks": "SELECT subject, step, due_at, key FROM clocks WHERE ended_at IS NULL",
    "tasks": "SELECT subject, kind, queue FROM tasks WHERE closed_at IS NULL",
    "letters": "SELECT letter_id, topic, key, cause FROM dead_letters WHERE redriven_at IS NULL",
}
# Every random id that stands anywhere in a database, but for the names of topics and workers, and the bulk of decisions.
_TABLES = """SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE'
    AND table_schema IN ('public', 'keys') AND table_name NOT IN ('inbox', 'outbox_cursors', 'workers', 'decisions', 'rule_packs')"""
_IDS = """SELECT DISTINCT found[1] AS id FROM {} t,
    regexp_matches(to_jsonb(t)::text, '[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}', 'g') found"""
SIDES = ("social_registry", "health_narcology")
OWN = {
    "situation_monitor": {
        "tallies": "SELECT region, owner, kind, from_state, to_state, code, sum(number)::int AS number FROM tallies"
                   " GROUP BY 1, 2, 3, 4, 5, 6",
        "places": "SELECT owner, region, place, places, free FROM places",
    },
    "police_intake": {
        "reports": "SELECT report_id, version, active FROM reports",
        "own_ids": "SELECT report_id AS id, '' AS may FROM reports UNION SELECT person_id, '' FROM persons"
                   " UNION SELECT victim_ref, '' FROM persons UNION SELECT respondent_ref, 'health_narcology' FROM persons"
                   " UNION SELECT household_ref, 'social_registry' FROM reports",
        "needs_seen": "SELECT need_id, kind, state, queue FROM needs_seen",
        "runs": "SELECT run_id, finished_at, records FROM import_runs",
        "verdicts": "SELECT run_id, record, verdict, report_id FROM import_verdicts ORDER BY run_id, record",
        "consents": "SELECT report_id, version, state, data_classes, until, said_at FROM consents",
        "consent_withdrawals": "SELECT report_id, version, done_at FROM consent_withdrawals",
        "disclosures": "SELECT report_id, version, asked_by, decided_by, decided_at, until, data_classes FROM disclosures",
        "erasures": "SELECT person_id, requested_at, state FROM erasures",
        "erasure_holders": "SELECT person_id, requested_at, need_id, service, acknowledged_at FROM erasure_holders",
        "card_grounds": "SELECT digest, report_id, kind, ground, version, data_classes, sealed_at FROM card_grounds",
    },
    "referral_router": {
        "reports": "SELECT report_id, version, active FROM reports",
        "needs": "SELECT need_id, report_id, kind, subject_ref, state, queue, attempt, facility_code FROM needs",
        "attempts": "SELECT need_id, attempt, facility_code, asked_at, outcome, ended_at FROM attempts"
                    " ORDER BY need_id, attempt",
    },
    "social_registry": {
        "facilities": "SELECT code, places_night AS night, places_day AS day FROM facilities",
        "referrals": "SELECT need_id, attempt, kind, facility_code, state, adults + children AS persons FROM referrals",
        "holds": "SELECT facility_code, place || '/' || number AS place, place AS kind, number, need_id, attempt, since,"
                 " released_at FROM holds",
        "live_keys": "SELECT need_id, attempt FROM keys.one_time",
        "entries": "SELECT entry_id, region, state, level, due_on, code, (SELECT count(*) FROM child_entries c WHERE"
                   " c.entry_id = e.entry_id AND c.state = 'listed') AS children FROM register_entries e",
    },
    "health_narcology": {
        "facilities": "SELECT code, beds FROM facilities",
        "referrals": "SELECT need_id, attempt, kind, facility_code, state, 1 AS persons FROM referrals",
        "live_keys": "SELECT need_id, attempt FROM keys.one_time",
        "cases": "SELECT need_id, attempt, state, facility_code, bed, contested, erase_at_end FROM cases",
        "treatment_holds": "SELECT facility_code, bed, need_id, attempt, stay, since, released_at FROM treatment_holds",
        "holds": "SELECT facility_code, bed::text AS place, 'beds' AS kind, bed AS number, need_id, attempt, since,"
                 " released_at FROM holds",
    },
}


def tables(service: str, dsn: str) -> dict[str, list[Row]]:
    """The rows the checker looks at, as of one moment."""
    with closing(psycopg2.connect(dsn, application_name="checker", connect_timeout=5)) as connection:
        connection.set_session("REPEATABLE READ", readonly=True)
        with connection.cursor(cursor_factory=RealDictCursor) as cursor:
            found = {}
            for name, question in {**PIPES, **OWN[service]}.items():
                cursor.execute(question)
                found[name] = [dict(row) for row in cursor.fetchall()]
            found["ids"] = _all_ids(cursor) if service in SIDES else []
            return found


def _all_ids(cursor: Any) -> list[Row]:
    cursor.execute(_TABLES)
    tables = [row["name"] for row in cursor.fetchall()]
    cursor.execute(" UNION ".join(_IDS.format(name) for name in tables))
    return [dict(row) for row in cursor.fetchall()]
