"""What does a report look like that nobody else touches?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from services.police_intake.messages import ReportRegistered

PLAIN: dict[str, Any] = {
    "version": 1, "region": "KZ-55", "channel": "call_102", "relation": "spouse", "intoxication": "none",
    "violence": ("physical",), "injury": "none", "injury_basis": "said", "weapon_seen": False, "children": 0,
    "victim_age": "adult", "victim_sex": "female", "respondent_age": "adult", "complaint": False, "consent": "no",
    "mirrored": False,
}


def registered(name: str, kind: type = ReportRegistered, **changes: Any) -> Any:
    """A report of an hour ago; all its lives are named after it."""
    now = changes.pop("now", None) or datetime.now(UTC)
    lives = {"report_id": name, "victim_ref": f"victim of {name}", "respondent_ref": f"respondent of {name}",
             "household_ref": f"household of {name}"}
    moments = {"recorded_at": now - timedelta(hours=1), "occurred_at": now - timedelta(hours=2)}
    return kind(**{**PLAIN, **lives, **moments, **changes})
