"""Why is there this need, or what did the law find in this report? `… why NEED_OR_REPORT_ID --lang ru` says it in words."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from plumbing import rule_packs
from plumbing.languages import NAMES, Speech, speeches
from plumbing.postgres import Database, Transaction
from plumbing.rules import Finding, Rule
from plumbing.service import Service
from plumbing.settings import Settings
from plumbing.texts import N_
from services.referral_router.reading import NEED, need_from
from services.referral_router.telling import Explained, told

UNKNOWN = N_("No need and no report %(name)s is known here.")
_FOUND = """
SELECT findings, law_hash FROM decisions WHERE key = %s AND findings <> '[]' ORDER BY decision_id DESC LIMIT 1"""


def explained(tx: Transaction, service: Service, name: str) -> Explained | None:
    """What is known of a need, or of a report and all its needs; None if there is neither."""
    rows = tx.rows(f"SELECT {NEED}, changed_at FROM needs WHERE need_id = %s", (name,))
    report_id = need_from(rows[0][:-1]).report_id if rows else name
    versions = tx.rows("SELECT version FROM reports WHERE report_id = %s", (report_id,))
    if not versions:
        return None
    of_report = f"SELECT {NEED}, changed_at FROM needs WHERE report_id = %s ORDER BY opened_at, need_id"
    needs = [(need_from(row[:-1]), row[-1]) for row in rows or tx.rows(of_report, (name,))]
    return Explained(
        report_id, versions[0][0], needs, _findings(tx, service, report_id), _attempts(tx, name),
        _decisions(tx, report_id, name), bool(rows),
    )


def explanation(tx: Transaction, service: Service, name: str, speech: Speech) -> list[str]:
    """The same in sentences of one language; empty if there is neither need nor report."""
    known = explained(tx, service, name)
    return told(known, speech) if known else []


def why(service: Service, settings: Settings, words: Sequence[str]) -> int:
    parser = ArgumentParser(f"python -m services.{service.name} why", description=__doc__)
    parser.add_argument("name", metavar="NEED_OR_REPORT_ID")
    parser.add_argument("--lang", choices=sorted(NAMES), default=settings.language)
    asked = parser.parse_args(words)
    speech = speeches(service.folder)[asked.lang]
    with closing(Database(settings.dsn, f"{service.name}/why")) as database, database.transaction() as tx:
        lines = explanation(tx, service, asked.name, speech)
    print("\n".join(lines) if lines else speech.say(UNKNOWN, name=asked.name), file=sys.stdout if lines else sys.stderr)
    return 0 if lines else 1


def _findings(tx: Transaction, service: Service, report_id: str) -> list[tuple[Rule, Finding]]:
    """What the last assessment of the report found, with the rules as they read in the pack of that day."""
    rows = tx.rows(_FOUND, (report_id,))
    if not rows:
        return []
    rules = rule_packs.pack_of(tx, service, rows[0][1]).rules
    return [(rules[found[0]], Finding(*found)) for found in rows[0][0]]


def _attempts(tx: Transaction, need_id: str) -> list[tuple[Any, ...]]:
    return tx.rows(
        "SELECT attempt, facility_code, asked_at, outcome, ended_at FROM attempts WHERE need_id = %s ORDER BY attempt",
        (need_id,),
    )


def _decisions(tx: Transaction, report_id: str, need_id: str) -> list[tuple[Any, ...]]:
    return tx.rows(
        "SELECT decided_at, heard, law_hash FROM decisions WHERE key IN (%s, %s) ORDER BY decision_id", (report_id, need_id)
    )
