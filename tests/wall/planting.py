"""Which rows stand on either side of a wall? One of everything in place a, one of everything in place b."""

from __future__ import annotations

from contextlib import closing

from plumbing.postgres import Database
from plumbing.wall import SCOPES
from services.health_narcology.wiring import SERVICE as HEALTH
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.wiring import SERVICE as ROUTER
from services.situation_monitor.wiring import SERVICE as MONITOR
from services.social_registry.wiring import SERVICE as SOCIAL
from tests import stores

WALLED = {service.name: service for service in (POLICE, ROUTER, SOCIAL, HEALTH, MONITOR)}
PLACES = ("a", "b")
COMMON = """
INSERT INTO audit VALUES ({n}, now(), 'staff@{p}', 'clerk', '', 'KZ@{p}', 'station@{p}', '', 'read', 'report', 'report@{p}',
    'casework', '{{name}}', 'request', '\\x00', '\\x00');
INSERT INTO staff_kin VALUES ('staff@{p}', 'person@{p}', 'manager', now());
INSERT INTO vault.keys VALUES ('person/person@{p}', 'k', '\\x00');
"""
ROWS = {
    "police_intake": """
INSERT INTO persons (person_id, victim_ref, respondent_ref) VALUES ('person@{p}', 'v@{p}', 'r@{p}');
INSERT INTO reports VALUES ('report@{p}', 1, true, 'person@{p}', NULL, 'home', NULL, now(), 'yes', 'KZ@{p}',
    'station@{p}', now(), NULL, NULL);
INSERT INTO report_versions VALUES ('report@{p}', 1, '{{}}', now(), '\\x00');
INSERT INTO victim_answers VALUES ('report@{p}', true, 'yes', 'clerk', now());
INSERT INTO report_needs VALUES ('report@{p}', 'need@{p}');
INSERT INTO needs_seen VALUES ('need@{p}', 'shelter', 'asked', '', 1, NULL);
INSERT INTO need_changes VALUES ('need@{p}', 1, 'asked', '', now());
INSERT INTO person_judgements VALUES ('person@{p}', 'person@{p}', 'same', 'clerk', now());
INSERT INTO erasures (person_id, state, reason, requested_by, requested_at, approved_by)
    VALUES ('person@{p}', 'requested', 'term_over', 'clerk', now(), '');
INSERT INTO erasure_holders SELECT person_id, requested_at, 'need@{p}', 'social_registry', now() FROM erasures
    WHERE person_id = 'person@{p}';
INSERT INTO held_records (held_id, verdict, reason, station, content_index, kept_at)
    VALUES ('held@{p}', 'held', 'why', 'station@{p}', 'hash@{p}', now());
INSERT INTO incidents VALUES ('incident@{p}', 1, 'h', 'held', '', 'held@{p}', '[]', now());
INSERT INTO consents VALUES ('report@{p}', 1, 'given', '', '', '{{}}', '{{}}', '{{}}', 1, 'spoken', NULL, NULL, '', 'form', false, now());
INSERT INTO consent_withdrawals VALUES ('report@{p}', 1, '', 'spoken', NULL, now(), NULL, NULL);
INSERT INTO consent_acknowledgements VALUES ('report@{p}', 1, 'need@{p}', 1, now());
INSERT INTO disclosures VALUES ('report@{p}', 1, 'why', 'asked', 'one', '', '', '', NULL, '{{}}', '', '', now(), NULL, NULL);
INSERT INTO risk_steps VALUES ('report@{p}', 1, 'assessed', 'high', 'high', '', '', 'KZ-RG/1', true, false, 'one', '', now(), NULL);
INSERT INTO card_grounds VALUES ('digest@{p}', 'need@{p}', 'report@{p}', 'shelter', 'consent', 1, '{{}}', now());
INSERT INTO measures VALUES ('measure@{p}', 'protection_order', 'report@{p}', NULL, 'KZ@{p}', 'served', 1, now(), now(), NULL, '', '', '{{}}');
INSERT INTO measure_moves VALUES ('measure@{p}', 1, 'serve', 'served', '', 'clerk', now(), '{{}}');
INSERT INTO shifts VALUES ('shift@{p}', 'station@{p}', 'KZ@{p}', 'inspector@{p}', true, now(), now(), 'clerk', '', now());
INSERT INTO parked_measures VALUES ('parked@{p}', 'nobody', 'protection_order', 'issue', '', 'clerk', NULL, '{{}}', 'police', '', '', now());
""",
    "referral_router": """
INSERT INTO reports VALUES ('report@{p}', 1, 'v', NULL, 'h', true, '{{"region": "KZ@{p}"}}', now());
INSERT INTO needs VALUES ('need@{p}', 'report@{p}', 'shelter', 'subject@{p}', 'KZ@{p}', 1, 0, 'female', 'adult', 'none', 'rule',
    'basis', 'asked', '', 1, 'facility@{p}', '{{}}', 0, 1, NULL, now(), now());
INSERT INTO attempts VALUES ('need@{p}', 1, 'facility@{p}', now(), '', NULL);
INSERT INTO notes VALUES ('need@{p}', now(), 'taken_over', 'by', 'page', '');
INSERT INTO her_say VALUES ('report@{p}', 1, 'given', '{{}}', '{{}}', NULL, 0, '', NULL);
INSERT INTO risks VALUES ('report@{p}', 1, 'high', false);
INSERT INTO holders_told VALUES ('need@{p}', 'report@{p}', 1, 1, false, now(), NULL);
INSERT INTO decisions (message_id, heard, key, decided_at, seed, law_hash, message, seen, decided)
    VALUES ('m', 'Heard', 'need@{p}', now(), '\\x00', '', '{{}}', '{{}}', '{{}}');
""",
    "social_registry": """
INSERT INTO facilities VALUES ('facility@{p}', 'KZ@{p}', 'crisis_centre', 5, 0, false, 12, true, true, 1);
INSERT INTO referrals VALUES ('need@{p}', 1, 'shelter', 'facility@{p}', 'held', 'night', 'home@{p}', 1, 0, 'basis', now(),
    '\\x00', '\\x00', now());
INSERT INTO holds VALUES ('facility@{p}', 'night', 1, 'need@{p}', 1, now(), NULL);
INSERT INTO register_entries VALUES ('entry@{p}', 'home@{p}', 'facility@{p}', 'KZ@{p}', 'ground', 'opened', '', '2026-11-24',
    '{{}}', 0, 0, '', now(), now());
INSERT INTO child_entries VALUES ('entry@{p}', 1, 'listed', '');
INSERT INTO keys.one_time VALUES ('need@{p}', 1, '\\x00');
INSERT INTO decisions (message_id, heard, key, decided_at, seed, law_hash, message, seen, decided)
    VALUES ('m', 'StaffAct', 'need@{p}', now(), '\\x00', '', '{{}}', '{{}}', '{{}}');
""",
    "health_narcology": """
INSERT INTO facilities VALUES ('facility@{p}', 'KZ@{p}', 'detox', 5, true, 1, 0);
INSERT INTO referrals VALUES ('need@{p}', 1, 'detox', 'facility@{p}', 'held', 'alcohol', 'basis', now(), now(), NULL, NULL, NULL,
    NULL, '', '\\x00', '\\x00');
INSERT INTO holds VALUES ('facility@{p}', 1, 'need@{p}', 1, now(), NULL);
INSERT INTO cases VALUES ('need@{p}', 1, 'KZ@{p}', 'facility@{p}', 'queued', now(), now(), 'facility@{p}', 1, 1, '', 6, false,
    false, NULL, NULL, NULL);
INSERT INTO treatment_holds VALUES ('need@{p}', 1, 1, 'facility@{p}', 1, now(), NULL);
INSERT INTO keys.one_time VALUES ('need@{p}', 1, '\\x00');
""",
}


def planted(name: str) -> str:
    """A database of this service with both places in it, and a role for each scope; gives its dsn."""
    dsn = stores.fresh_database(WALLED[name])
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        for number, place in enumerate(PLACES, 1):
            tx.run((COMMON + ROWS.get(name, "")).format(p=place, n=number))
        tx.insert("INSERT INTO wall_roles VALUES %s", [(f"as_{scope}", scope) for scope in SCOPES])
    return dsn
