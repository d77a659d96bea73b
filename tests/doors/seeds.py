"""What lies behind each door: the same things twice, at a place of the invented staff, and at a foreign one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.health_narcology import messages as h
from services.health_narcology.wiring import SERVICE as HEALTH
from services.police_intake import messages as p
from services.police_intake.journal import HEADINGS
from services.police_intake.measures.lives import BeginMeasure
from services.police_intake.roster.shifts import EnterShift
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.wiring import SERVICE as ROUTER
from services.situation_monitor.wiring import SERVICE as MONITOR
from services.social_registry import messages as s
from services.social_registry.wiring import SERVICE as SOCIAL
from tests.health_narcology import script as health_script
from tests.police_intake import opened
from tests.police_intake.intake import NOW, command, person
from tests.referral_router.region import report
from tests.social_registry import script as social_script
from tests.stores import rows

SERVICES = {one.name: one for one in (POLICE, ROUTER, SOCIAL, HEALTH, MONITOR)}
NAMES = tuple(SERVICES)
OWN_STATION, FOREIGN_STATION = "Pavlodar city police department, station 2", "УП г. Шымкент"
OWN, FOREIGN = "KZ-55", "KZ-79"


def police() -> list[Any]:
    """At each station a report, an order on it, a shift and a record that waits; a third record and a measure name no station."""
    made = []
    for n, (station, region) in enumerate(((OWN_STATION, OWN), (FOREIGN_STATION, FOREIGN)), 1):
        people = {"victim": person(f"Ойдан Шығарылған{n}", f"198{n}-01-0{n}"), "respondent": person(f"Тағы Біреу{n}", f"197{n}-02-0{n}")}
        report_id = f"0000000{n}-0000-4000-8000-000000000000"
        made.append(replace(command(kui_number=str(n), station=station, region=region, **people), new_id=report_id))
        made.append(BeginMeasure(report_id, "protection_order", "issue", "Aigul"))
        made.append(held(n, station))
        made.append(EnterShift(station, f"inspector-{n}", True, NOW, NOW + timedelta(days=1), "Aigul"))
    return [*made, BeginMeasure("nowhere", "protection_order", "issue", "Aigul"), held(3, "")]


def held(n: int, station: str) -> p.SetAside:
    cells = dict.fromkeys(HEADINGS, "") | {"station": station, "narrative": f"record {n}"}
    return p.SetAside("held", "The number is missing.", cells, f"held-{n}", (), None, None)


def router() -> list[Any]:
    usual = report()
    return [replace(usual, report_id=f"report-{region}", victim_ref=f"she-{region}", respondent_ref=f"he-{region}",
                    household_ref=f"home-{region}", region=region) for region in (OWN, FOREIGN)]


def social() -> list[Any]:
    made: list[Any] = []
    for region, code in ((OWN, "cc-pavlodar-1"), (FOREIGN, "cc-shymkent-1")):
        made += [s.OpenFacility(code, region, "crisis_centre", 5, 0, False, 12, True),
                 s.OpenFacility(f"akimat-{region}", region, "akimat", 0, 0, False, 0, False),
                 social_script.asked(f"guest-{region}", facility=code),
                 replace(social_script.notice(f"notice-{region}", facility=f"akimat-{region}"), household_ref=f"home-{region}"),
                 replace(social_script.notice(f"entry-{region}", facility=f"akimat-{region}"), household_ref=f"other-{region}")]
    made += [s.StaffAct(f"entry-{region}", "enter", "Dana", "police_notice") for region in (OWN, FOREIGN)]
    moved = (social_script.asked("guest-moved", n, centre) for n, centre in ((1, "cc-pavlodar-1"), (2, "cc-shymkent-1")))
    return [*made, next(moved), s.StaffAct("guest-moved", "decline", "Dana", "full"), next(moved),
            s.StaffAct("guest-moved", "arrived", "Somebody of Shymkent")]


def health() -> list[Any]:
    made: list[Any] = []
    for region, town in ((OWN, "pavlodar"), (FOREIGN, "shymkent")):
        made += [h.OpenFacility(f"detox-{town}-1", region, "detox", 5), h.OpenFacility(f"narcology-{town}-1", region, "narcology", 9),
                 health_script.asked(f"detox-{region}", facility=f"detox-{town}-1"),
                 health_script.asked(f"examination-{region}", facility=f"narcology-{town}-1", kind="examination"),
                 health_script.asked(f"case-{region}", facility=f"narcology-{town}-1", kind="examination")]
    for act in ("examine", "case_begun"):
        made += [h.StaffAct(f"case-{region}", act, "Aigul") for region in (OWN, FOREIGN)]
    moved = (health_script.asked("detox-moved", n, centre) for n, centre in ((1, "detox-pavlodar-1"), (2, "detox-shymkent-1")))
    return [*made, next(moved), h.StaffAct("detox-moved", "decline", "Dana", "closed"), next(moved),
            h.StaffAct("detox-moved", "brought", "Somebody of Shymkent")]


MESSAGES = {"police_intake": police, "referral_router": router, "social_registry": social, "health_narcology": health,
            "situation_monitor": list}
_ASKED_LAST = ("SELECT DISTINCT ON (need_id) need_id, f.region FROM referrals r JOIN facilities f ON f.code = facility_code"
               " WHERE {} ORDER BY need_id, attempt DESC")
_IDS = {  # kind → a question for (id, whose place it is)
    "police_intake": {
        "report": "SELECT report_id, station FROM reports",
        "record": "SELECT held_id, station FROM held_records",
        "person": "SELECT DISTINCT victim_id, station FROM reports",
        "measure": "SELECT measure_id, station FROM measures JOIN reports USING (report_id)",
        "parked": "SELECT parked_id, '' FROM parked_measures",
        "shift": "SELECT shift_id, station FROM shifts",
    },
    "referral_router": {"need": "SELECT need_id, region FROM needs", "report": "SELECT report_id, content->>'region' FROM reports"},
    "social_registry": {
        "guest": _ASKED_LAST.format("r.kind = 'shelter'"),
        "notice": _ASKED_LAST.format("r.kind = 'notice'"),
        "entry": "SELECT entry_id, region FROM register_entries",
    },
    "health_narcology": {
        "detox": _ASKED_LAST.format("r.kind = 'detox'"),
        "examination": _ASKED_LAST.format("r.kind = 'examination' AND need_id LIKE 'exam%'"),
        "case": "SELECT need_id, region FROM cases",
        "bed": "SELECT code, region FROM facilities",
    },
    "situation_monitor": {},
}
_PLACES = {OWN_STATION: "own", OWN: "own", FOREIGN_STATION: "foreign", FOREIGN: "foreign", "": "nowhere"}


def things(service: str, dsn: str) -> dict[str, list[tuple[str, str]]]:
    """kind → (id, own | foreign | nowhere), as they lie in the database."""
    return {
        kind: [(one, _PLACES[place]) for one, place in rows(dsn, question)] for kind, question in _IDS[service].items()
    }


def stations_of(dsn: str, number: str) -> list[str]:
    """The stations of the reports that a journal gave this number."""
    found = opened.reports(dsn, number)
    return [station for report_id, station in rows(dsn, "SELECT report_id, station FROM reports") if report_id in found]


def ids(door: Any, kind: str) -> tuple[str, ...]:
    """(own, foreign) id of a kind."""
    found = things(door.desk.service.name, door.desk.settings.dsn)[kind]
    return tuple(next(one for one, place in found if place == where) for where in ("own", "foreign"))
