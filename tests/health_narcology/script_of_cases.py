"""What happens to many treatment cases, mixed: the messages that store tests run in batches of any size."""

from datetime import timedelta
from random import Random

from plumbing.clocks import ClockDue
from services.health_narcology import messages as m
from tests.health_narcology.script import CLINIC, asked
from tests.stores import NOW

HOSPITALS = (m.OpenFacility("treatment-1", "KZ-55", "treatment", 4, 2), m.OpenFacility("treatment-2", "KZ-10", "treatment", 2, 1))
TO_BED = ("declined", "filed", "accepted", "granted", "in_force")
PATHS = ((*TO_BED, "hospitalised", "absconded", "found", "hospitalised", "discharged"), (*TO_BED, "not_brought", "found"),
         (*TO_BED, "lifted"), (*TO_BED, "hospitalised", "reviewed"), ("voluntary", "voluntary_over"), ("dropped",),
         ("declined", "filed", "returned", "filed", "accepted", "refused"), (*TO_BED, "withdraw", "court_told", "hospitalised"),
         ("voluntary", "declined", "withdraw"), (*TO_BED, "hospitalised", "withdraw", "discharged"))
CODES = {"discharged": "term_over", "dropped": "other_help", "lifted": "overturned"}


def begun(need):
    """From the proposal to the case."""
    proposal = asked(need, 1, "clinic-1", "examination")
    return [proposal, m.StaffAct(need, "examine", "Aigul"), m.RespondentCardSealed(need, b"card"), m.StaffAct(need, "case_begun", "A")]


def step_of(name, need):
    if name == "withdraw":
        return m.HealthReferralWithdrawn(need, 1)
    return m.CaseAct(need, name, "Aigul", CODES.get(name, ""), 12 if name == "granted" else 0)


def script(needs=40):
    """Many cases, mixed, and now and then a bed that comes free or an act out of place."""
    rng = Random(5)
    lives = [[*begun(f"need-{n:02}"), *(step_of(name, f"need-{n:02}") for name in rng.choice(PATHS))] for n in range(needs)]
    mixed = []
    while lives:
        mixed.append(rng.choice(lives[:4]).pop(0))
        lives = [each for each in lives if each]
        if rng.random() < 0.05:
            mixed.append(m.LeaveBed(rng.choice(("treatment-1", "treatment-2")), "Aigul"))
        if rng.random() < 0.1:
            mixed.append(step_of(rng.choice(rng.choice(PATHS)), f"need-{rng.randrange(needs):02}"))
    return [CLINIC, *HOSPITALS, *mixed]


def rung(need):
    return ClockDue(need, f"queue/1/{(NOW + timedelta(days=30)).isoformat()}", NOW + timedelta(days=30), need)
