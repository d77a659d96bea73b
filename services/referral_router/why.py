"""Why is there this need? `python -m services.referral_router why NEED_ID` says it in words."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbing.postgres import Database, Transaction
from plumbing.service import Service
from plumbing.settings import Settings
from services.referral_router.reading import NEED, need_from


def explanation(tx: Transaction, need_id: str) -> list[str]:
    """The need in sentences: rule, citation, what was seen, who was asked, how it stands; empty if unknown."""
    rows = tx.rows(f"SELECT {NEED}, opened_at, changed_at FROM needs WHERE need_id = %s", (need_id,))
    if not rows:
        return []
    need, opened, changed = need_from(rows[0][:-2]), rows[0][-2], rows[0][-1]
    findings, version = tx.rows("SELECT findings, version FROM reports WHERE report_id = %s", (need.report_id,))[0]
    kind, state = need.kind.replace("_", " "), need.state.replace("_", " ")
    told = [f"Need {need_id}: {kind}, opened {_time(opened)}, {state} since {_time(changed)}."]
    told.append(f"Opened by the rule {need.rule_id}. Basis: {need.basis}.")
    told.append(f"What the law found in version {version} of the report:")
    told += [_finding(finding) for finding in findings]
    told += [_attempt(need.kind, row) for row in _attempts(tx, need_id)]
    if need.queue:
        told.append(f"It is with a person now: {need.queue.replace('_', ' ')}.")
    return [*told, *_decisions(tx, need.report_id, need_id)]


def why(service: Service, settings: Settings, words: Sequence[str]) -> int:
    if len(words) != 1:
        print("usage: python -m services.referral_router why NEED_ID", file=sys.stderr)
        return 2
    with Database(settings.dsn, "referral_router/why").transaction() as tx:
        told = explanation(tx, words[0])
    print("\n".join(told) if told else f"No need {words[0]} is known here.")
    return 0 if told else 1


def _finding(found: dict[str, Any]) -> str:
    met = "met    " if found["met"] else "not met"
    return f"  {met} {found['rule_id']}: {found['seen']} ({found['citation']}; {found['certainty']})"


def _attempts(tx: Transaction, need_id: str) -> list[tuple[Any, ...]]:
    return tx.rows(
        "SELECT attempt, facility_code, asked_at, outcome, ended_at FROM attempts WHERE need_id = %s ORDER BY attempt",
        (need_id,),
    )


def _attempt(kind: str, row: tuple[Any, ...]) -> str:
    """Where a victim is sheltered is told to nobody, here neither."""
    attempt, facility, asked, outcome, ended = row
    facility = "a crisis centre" if kind == "shelter" else facility
    ending = f"{outcome} at {_time(ended)}" if ended else "no answer yet"
    return f"Attempt {attempt}: {facility} was asked at {_time(asked)}: {ending}."


def _decisions(tx: Transaction, report_id: str, need_id: str) -> list[str]:
    rows = tx.rows(
        "SELECT decided_at, heard, law_hash FROM decisions WHERE key IN (%s, %s) ORDER BY decision_id", (report_id, need_id)
    )
    return [f"Decided {_time(at)} on {heard} under rule pack {law}." for at, heard, law in rows]


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")
