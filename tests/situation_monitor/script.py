"""What is counted in a country, mixed: the messages that store tests run in batches of any size."""

from datetime import timedelta
from itertools import pairwise
from random import Random

from plumbing.counting import cut_to_hour
from services.situation_monitor import messages as m
from services.situation_monitor.books import KINDS, REGIONS
from tests.stores import NOW

HOUR = cut_to_hour(NOW)
WEEK = timedelta(weeks=1)
SURGE = (m.RaiseSurge("5510", "KZ-55", HOUR, 9, (1, 0, 2, 1)), m.RaiseSurge("5510", "KZ-55", HOUR, 12, (1, 0, 2, 1)))
PATHS = (("asked", "answered", "arrived", "closed"), ("asked", "with_person", "closed"), ("asked", "withdrawn"), ("with_person",), ("asked",))


def report(region="KZ-55", outcome="registered", source="form", hour=HOUR):
    return m.ReportCounted(region, "5510", hour, source, outcome)


def need(kind, states, region="KZ-55", code=""):
    return m.NeedCounted(region, kind, *states, code, 3, HOUR)


def life(rng, region):
    """One report, its assessment and its needs, in order; sometimes a record that became none."""
    hour = HOUR - timedelta(hours=rng.randint(0, 700))
    steps = [report(region, hour=hour), m.AssessmentCounted(region, hour, "assessed")]
    for kind in rng.sample(KINDS, rng.randint(0, 2)):
        states = ("", *rng.choice(PATHS))
        steps += [need(kind, pair, region) for pair in pairwise(states)]
        steps += [need(kind, ("asked", "asked"), region, rng.choice(("full", "silent")))] if rng.random() < 0.2 else []
    became = rng.choice((("opened", "in_court", "warned"), ("opened", "in_court", "arrested"), ("opened",)))
    steps += [m.MeasureCounted(region, "administrative_case", *pair, HOUR) for pair in pairwise(("", *became))]
    held = m.SocialLifeCounted("KZ", "shelter", "", "held", "night", -2, HOUR)
    free = m.SocialLifeCounted("KZ", "shelter", "held", "expired", "night", 2, HOUR)
    return [*steps, *rng.choice(((), (held,), (held, free), (report("KZ", "held", "journal"),)))]


def script(lives=300):
    rng = Random(7)
    opened = [m.SocialPlacesCounted("KZ", "night", 40, HOUR), m.HealthPlacesCounted("KZ-10", "bed", 12, HOUR)]
    told = [life(rng, rng.choice((*REGIONS[:6], "unknown"))) for _ in range(lives)]
    return [*opened, *(step for steps in told for step in steps), m.KeepWatch(0, 7), m.KeepWatch(1, 9), m.KeepWatch(0, 11)]
