"""What waits at a police door for a test of its pages? One report, one held record, one possible double; invented people."""

from dataclasses import replace
from datetime import timedelta

from services.police_intake import messages as m
from services.police_intake.journal import HEADINGS
from services.police_intake.measures.lives import BeginMeasure
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.pages import doors
from tests.police_intake import opened
from tests.police_intake.intake import HE, HER_IIN, HOUR, NOW, command, person

STATION = "Енбекшинское УП г. Шымкент"
JOURNAL = NOW - timedelta(minutes=30)
HELD = dict.fromkeys(HEADINGS, "") | {
    "recorded_at": "22.11.2026 14:20", "station": STATION, "victim": "Оспанова Дана", "victim_birth_date": "03.04.1990",
    "narrative": "Позвонила соседка.",
}


def messages():
    """A report from a journal, a record without a number, and a second person of her name and birth date."""
    yield command(extracted=JOURNAL)
    yield m.SetAside("held", "The КУИ number is missing or cannot be read.", HELD, "held-hash", ("Потерпевший",), None, JOURNAL)
    yield command(extracted=JOURNAL, kui_number="1", victim=person(iin=HER_IIN), respondent=replace(HE, name="Другой Имя"))
    other = person(iin="740812799999")
    yield command(extracted=JOURNAL, kui_number="2", victim=other, recorded_at=NOW - 2 * HOUR)


def desk():
    """A desk at which all of this was heard, and one need of the first report answered."""
    made = doors.desk_of(SERVICE, list(messages()))
    need = [("asked", ""), ("with_person", "coordinator"), ("answered", "")]
    told = [m.NeedStateChanged(first(made), "need-1", "shelter", state, queue, n) for n, (state, queue) in enumerate(need, 1)]
    made.step.run([replace(heard, message_id=f"need/{n}") for n, heard in enumerate(stores.heard(told))])
    return made


def desk_with_measures():
    """The same with an order on the first report, and a measure whose report nobody knows."""
    made = desk()
    begun = [BeginMeasure(first(made), "protection_order", "issue", "Aigul"), BeginMeasure("nowhere", "criminal_link", "link", "A")]
    made.step.run([replace(heard, message_id=f"measure/{n}") for n, heard in enumerate(stores.heard(begun))])
    return made


def one(made, question):
    return stores.rows(made.settings.dsn, question)[0][0]


def first(made):
    [found] = opened.reports(made.settings.dsn, "3862")
    return found


def held(made):
    return one(made, "SELECT held_id FROM held_records")


def doubted(made):
    return one(made, "SELECT subject FROM tasks WHERE kind = 'possible_duplicate'")


def measure(made):
    return one(made, "SELECT measure_id FROM measures")


def paths(made):
    """Every page of this door."""
    known = first(made)
    return ("/worklist", "/reports", f"/reports/{known}", f"/reports/{known}/answers", f"/reports/{known}/consent",
            f"/reports/{known}/risk", "/reports/new", "/reports/find",
            f"/held/{held(made)}", f"/persons/{doubted(made)}", "/handover",
            "/measures", f"/measures/{measure(made)}", f"/measures/{measure(made)}/papers",
            f"/reports/{known}/measures", "/prosecutor", "/roster",
            f"/parked/{one(made, 'SELECT parked_id FROM parked_measures')}")
