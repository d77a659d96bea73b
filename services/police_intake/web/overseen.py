"""What else does a prosecutor oversee, beside orders: complaints, and what is unregistered? Nobody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from plumbing.catalogue import catalogue
from services.police_intake.measures.lives import PROSECUTOR
from services.police_intake.oversight import asking
from services.police_intake.web.measure_law import law_of

if TYPE_CHECKING:
    from plumbing.forms import Form
    from plumbing.pages import Desk

COMPLAINT, INCIDENT = "respondent_complaint", "police_dispatch.IncidentReported"
LOOKED_BACK = timedelta(days=30)


def complained(desk: Desk, rows: list[Any], form: Form) -> dict[str, Any]:
    """Complaints that wait, and those answered lately. sent_kind: of the life whose act was sent."""
    life, today = law_of(desk).lives[COMPLAINT], desk.now().date()
    terms = [rule for rule in law_of(desk).terms.rules if rule.opens == COMPLAINT]
    return {
        "waiting": [
            (complaint, about, station, due_at, life.offered(complaint.state, PROSECUTOR), _revocable(desk, about))
            for complaint, about, station, due_at, answered_at in rows if answered_at is None
        ],
        "answered": [row for row in rows if row[-1] is not None],
        "sent_kind": COMPLAINT if form.typed.get("measure_id") in {row[0].measure_id for row in rows} else "protection_order",
        "term": next((rule for rule in terms if rule.in_force(today)), terms[-1]), "looked_back": LOOKED_BACK.days,
    }


def unregistered(desk: Desk, wanted: dict[str, Any]) -> dict[str, Any]:
    """What is no report yet, or was taken for none: by station where it names one, else as counts of nobody's region."""
    now, topic = desk.now(), catalogue().topic_of(INCIDENT).name
    asked = {**wanted, "now": now, "since": now - LOOKED_BACK}
    undecided = desk.look(lambda tx: asking.undecided(tx, asked))
    return {
        "undecided": undecided, "undecided_by_station": by_station(row[1] for row in undecided),
        "dropped_by_station": desk.look(lambda tx: asking.no_report(tx, asked)),
        "unregistered_is_cut": len(undecided) == asking.MOST,
        "unreadable": desk.look(lambda tx: asking.unreadable(tx, topic)),
        "ignored": desk.look(lambda tx: asking.ignored(tx, now - LOOKED_BACK)),
    }


def by_station(stations: Iterable[str]) -> list[tuple[str, int]]:
    """How many at each, most first."""
    return sorted(Counter(stations).items(), key=lambda one: (-one[1], one[0]))


def _revocable(desk: Desk, about: Any) -> bool:
    """Can the prosecutor still revoke it, in its own row?"""
    return any(act.to == "revoked" for act in law_of(desk).lives[about.kind].offered(about.state, PROSECUTOR))
