"""What happens to many needs, mixed: the messages that store tests run in batches of any size."""

from datetime import timedelta
from random import Random

from services.health_narcology import messages as m
from tests.stores import NOW

CENTRES = (m.OpenFacility("detox-1", "KZ-55", "detox", 5), m.OpenFacility("detox-2", "KZ-10", "detox", 3))
CLINIC = m.OpenFacility("clinic-1", "KZ-55", "narcology", 40)
PATHS = (("confirm", "card", "brought", "admitted", "extended", "released"), ("brought", "refused_at_door"), ("decline",),
         ("confirm", "card", "not_brought"), ("withdraw",), ("brought", "admitted", "hospitalised"), ("confirm",),
         ("brought", "confirm", "withdraw", "admitted"), ("not_needed",), ())
CODES = {"refused_at_door": "mild", "decline": "closed"}
TOGETHER = 6  # lives under way at one time: beds come free again, often within one batch


def asked(need, attempt=1, facility="detox-1", kind="detox"):
    return m.HealthReferralIssued(need, attempt, facility, kind, "alcohol", "rule · act", NOW, NOW + timedelta(hours=6))


def step_of(name, need, attempt=1):
    if name == "confirm":
        return m.HealthHoldConfirmed(need, attempt)
    if name == "withdraw":
        return m.HealthReferralWithdrawn(need, attempt)
    return m.RespondentCardSealed(need, b"card") if name == "card" else m.StaffAct(need, name, "Aigul", CODES.get(name, ""))


def life(rng, need):
    """What happens to one need, in order, with one step that is out of place, and a second attempt."""
    kind, codes = ("detox", ("detox-1", "detox-2")) if rng.random() < 0.8 else ("examination", ("clinic-1", "nowhere"))
    steps = [step_of(name, need) for name in rng.choice(PATHS)]
    steps.insert(rng.randint(0, len(steps)), step_of(rng.choice(rng.choice(PATHS) or ("confirm",)), need))
    last = rng.choice((["brought", "admitted", "released"], ["brought", "refused_at_door"], ["withdraw"], ["decline"]))
    again = [asked(need, 2, rng.choice(codes), kind), *(step_of(name, need, 2) for name in last)]
    return [asked(need, 1, rng.choice(codes), kind), *steps, *again]


def script(needs=70):
    """Many lives, mixed; the acts that make keys come last, so that keys are made in one order however it is cut."""
    rng = Random(3)
    lives = [life(rng, f"need-{n}") for n in range(needs)]
    mixed = []
    while lives:
        mixed.append(rng.choice(lives[:TOGETHER]).pop(0))
        lives = [each for each in lives if each]
    stays = [asked("stays", 1, "detox-2"), m.RespondentCardSealed("stays", b"card")]
    return [*CENTRES, CLINIC, *stays, *mixed, *(m.StaffAct(f"need-{n}", "examine", "Aigul") for n in range(needs))]
