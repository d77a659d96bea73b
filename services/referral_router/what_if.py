"""What would the law have found, had proposals been law? `… what-if [PROPOSAL …] [--from DAY]` asks it of all past reports."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import Any

from plumbing.postgres import Database
from plumbing.replaying import Replay
from plumbing.rules import RulePack, reformed
from plumbing.service import Service
from plumbing.settings import Settings
from services.referral_router.telling import ANSWERS


def what_if(service: Service, settings: Settings, words: Sequence[str]) -> int:
    """Writes nothing; ends with a JSON line: proposal → what it finds, and what the rule it replaces has found."""
    parser = ArgumentParser(f"python -m services.{service.name} what-if", description=__doc__)
    parser.add_argument("proposals", nargs="*", metavar="PROPOSAL", help="all, if none is named")
    parser.add_argument("--from", dest="since", type=date.fromisoformat, help="as if in force from this day, not from its own")
    asked = parser.parse_args(words)
    try:
        law = reformed(service.law, asked.proposals, asked.since)
    except LookupError as error:
        print(error, file=sys.stderr)
        return 2
    with closing(Database(settings.dsn, f"{service.name}/what-if")) as database:
        found = compared(Replay(service, database), law)
    for name, (proposed, replaced) in found.items():
        print(f"{name}: {_counts(proposed)}; the law has found: {_counts(replaced)}")
    print(json.dumps({name: {"proposed": proposed, "law": replaced} for name, (proposed, replaced) in found.items()}))
    return 0


def compared(replay: Replay, law: RulePack) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """Proposal → (how often it answers yes, no, unknown; how the rule it replaces did for the same reports)."""
    proposals = {rule.id: rule.replaces for rule in law.rules if rule.replaces}
    found: dict[str, tuple[Counter[str], Counter[str]]] = {name: (Counter(), Counter()) for name in proposals}
    for past, now in replay.under(law):
        answers, before = _answers(law, now), _answers(replay.law_of(past), past.findings)
        for name in proposals.keys() & answers.keys():
            found[name][0][answers[name]] += 1
            found[name][1][before.get(proposals[name], "not asked")] += 1
    return found


def _answers(law: RulePack, findings: Sequence[Any]) -> dict[str, str]:
    return {law.rules[found[0]].id: ANSWERS[found[1]] for found in findings}


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{answer} {number}" for answer, number in sorted(counted.items())) or "nothing"
