"""How does a person have a service's past decided again? `python -m services.<name> replay [--since 2026-11-01]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime

from plumbing.postgres import Database
from plumbing.replaying import Replay, Replayed
from plumbing.service import Service
from plumbing.settings import Settings

SHOWN = 20


def replay(service: Service, settings: Settings, words: Sequence[str]) -> int:
    """Ends with a JSON line; 0 if every decision came out equal, 1 if one did not, 2 if the command was not understood."""
    try:
        since = _since(words)
    except (ValueError, IndexError):
        print(f"usage: python -m services.{service.name} replay [--since 2026-11-01]", file=sys.stderr)
        return 2
    with closing(Database(settings.dsn, f"{service.name}/replay")) as database:
        return tell(Replay(service, database).run(since))


def tell(outcome: Replayed) -> int:
    for decision_id, problem in list(outcome.differing.items())[:SHOWN]:
        print(f"decision {decision_id}: {problem}", file=sys.stderr)
    if len(outcome.differing) > SHOWN:
        print(f"… and {len(outcome.differing) - SHOWN} more", file=sys.stderr)
    print(json.dumps({"decisions": outcome.decisions, "equal": outcome.equal}), flush=True)
    return 1 if outcome.differing else 0


def _since(words: Sequence[str]) -> datetime | None:
    if not words:
        return None
    if len(words) != 2 or words[0] != "--since":
        raise ValueError(words)
    moment = datetime.fromisoformat(words[1])
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
