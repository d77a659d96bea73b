"""What happens to many needs, mixed: the messages that store tests run in batches of any size."""

from datetime import timedelta
from random import Random

from services.social_registry import messages as m
from tests.stores import NOW

CENTRES = (m.OpenFacility("cc-1", "KZ-55", "crisis_centre", 7, 2, False, 12, True),
           m.OpenFacility("cc-2", "KZ-10", "crisis_centre", 4, 0, True, 12, True))
AKIMAT = m.OpenFacility("akimat-1", "KZ-55", "akimat", 0, 0, False, 0, False)
PATHS = (("confirm", "card", "arrived", "left"), ("decline",), ("confirm", "card", "no_show"), ("withdraw",),
         ("arrived", "withdraw", "left"), ("confirm",), ("no_visit",), (), ("confirm", "card", "arrived", "card gone", "left"),
         ("arrived", "taken back", "card"))
TOGETHER = 6  # lives under way at one time: places come free again, often within one batch


def asked(need, attempt=1, facility="cc-1", children=1):
    until = NOW + timedelta(hours=6)
    return m.ShelterReferralIssued(need, attempt, facility, "night", 1, children, "female", "rule · act", until)


def notice(need, attempt=1, facility="akimat-1"):
    return m.ChildNoticeIssued(need, attempt, "household", facility, 2, "rule · act", NOW + timedelta(days=3))


def step_of(name, need, attempt=1):
    if name == "confirm":
        return m.ShelterHoldConfirmed(need, attempt)
    if name == "withdraw":
        return m.ShelterReferralWithdrawn(need, attempt, "cancelled")
    if name == "taken back":
        return m.ShelterReferralWithdrawn(need, attempt, "consent_withdrawn")
    if name == "card gone":
        return m.CardWithdrawn(need, attempt)
    return m.VictimCardSealed(need, b"card") if name == "card" else m.StaffAct(need, name, "Dana", "full")


def life(rng, need, attempts):
    """What happens to one need, in order, with one step that is out of place; perhaps a second attempt."""
    if rng.random() < 0.2:
        return [notice(need, 1, rng.choice(("akimat-1", "nowhere"))), *(step_of(name, need) for name in rng.choice(PATHS))]
    steps = []
    for attempt in range(1, attempts + 1):
        steps.append(asked(need, attempt, rng.choice(("cc-1", "cc-2")), rng.randint(0, 2)))
        path = [step_of(name, need, attempt) for name in rng.choice(PATHS)]
        path.insert(rng.randint(0, len(path)), step_of(rng.choice(("confirm", "card", "left")), need, attempt))
        steps += [*path, *(step_of(name, need, attempt) for name in ("withdraw", "left"))]
    return steps


def script(needs=70, attempts=2, visits=True):
    """Many lives, mixed; the acts that make keys come last, so that keys are made in one order however it is cut."""
    rng = Random(3)
    lives = [life(rng, f"need-{n}", attempts) for n in range(needs)]
    mixed = []
    while lives:
        mixed.append(rng.choice(lives[:TOGETHER]).pop(0))
        lives = [each for each in lives if each]
    stays = [asked("stays", 1, "cc-2"), m.VictimCardSealed("stays", b"card")]
    last = [m.StaffAct(f"need-{n}", "visit", "Dana") for n in range(needs)] if visits else []
    return [*CENTRES, AKIMAT, *stays, *mixed, *last]
