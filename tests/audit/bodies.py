"""What does a machine send as a report, of people who were never born?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any


def report(number: int, station: str = "Pavlodar city police department, station 2") -> dict[str, Any]:
    return {
        "kui_number": str(number), "station": station, "territory": "551010000",
        "recorded_at": (datetime.now(UTC) - timedelta(minutes=5)).isoformat(), "channel": "call_102",
        "victim": {"name": f"Ахметова Айгүл {number}", "birth_date": "1991-04-12", "sex": "female", "phone": "+7 709 000 00 01"},
        "respondent": {"name": f"Ахметов Данияр {number}", "birth_date": "1988-09-03", "sex": "male"},
        "relation": "spouse", "intoxication": "alcohol", "violence": ["physical"], "children": 2, "consent": "yes",
    }
