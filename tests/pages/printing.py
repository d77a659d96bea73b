"""How do tests of papers enter a measure through the forms and read what is printed of it? Invented people."""

import re
from dataclasses import replace

from starlette.testclient import TestClient

from plumbing.identity import new_id
from plumbing.serving import application
from tests import stores
from tests.pages import police_door
from tests.pages.noisy import NOISY
from tests.police_intake.intake import command

TITLES = {
    "order": ("Защитное предписание", "Қорғау нұсқамасы"), "report": ("Рапорт", "Баянат"),
    "motion": ("Ходатайство об установлении особых требований к поведению", "Мінез-құлыққа ерекше талаптар белгілеу туралы өтінішхат"),
    "receipt": ("Расписка о вручении защитного предписания", "Қорғау нұсқамасын тапсыру туралы қолхат"),
    "no_approach_motion": ("Ходатайство о запрете на приближение", "Жақындауға тыйым салу туралы өтінішхат"),
    "announcement": ("Объявление запрета на приближение", "Жақындауға тыйым салуды жариялау"),
    "announcement_receipt": (
        "Расписка об объявлении запрета на приближение", "Жақындауға тыйым салудың жарияланғаны туралы қолхат"),
}
SECTION = re.compile(r'<section lang="(\w+)">(.*?)</section>', re.DOTALL)
ARTICLE = re.compile(r'<article class="q-paper">(.*?)</article>', re.DOTALL)


def made():
    """A desk with a report that says everything a report can say."""
    desk = police_door.desk()
    desk.step.run([replace(one, message_id="noisy") for one in stores.heard([command(kui_number="77001", **NOISY)])])
    return desk


def client_of(desk, language="en"):
    return TestClient(application(desk), follow_redirects=False, headers={"Accept": "text/html", "Accept-Language": language})


def begun(desk, number="77001", kind="protection_order", act="issue", **told):
    """A measure entered through the form of its report; gives its id."""
    [report] = police_door.opened.reports(desk.settings.dsn, number)
    form = {"report_id": report, "kind": kind, "act": act, "by": "Айгүл Серікқызы", "act_id": new_id(), **told}
    assert client_of(desk).post(f"/reports/{report}/measures", data=form).status_code == 303
    return police_door.one(desk, f"SELECT measure_id FROM measures WHERE report_id = '{report}' AND kind = '{kind}'")


def act(desk, measure, name, **typed):
    version = police_door.one(desk, f"SELECT version FROM measures WHERE measure_id = '{measure}'")
    form = {"measure_id": measure, "act": name, "seen": str(version), "by": "Айгүл Серікқызы", "act_id": new_id(), **typed}
    assert client_of(desk).post(f"/measures/{measure}/act", data=form).status_code == 303


def no_approach(desk, number="77001"):
    """A no-approach order that a court was asked for in the criminal case of this report; gives its id."""
    if number != "77001":
        desk.step.run([replace(one, message_id=number) for one in stores.heard([command(kui_number=number, **NOISY)])])
    case = begun(desk, number, "criminal_link", "link", erdr_number="2" * 15)
    act(desk, case, "ask_no_approach")
    return police_door.one(desk, f"SELECT measure_id FROM measures WHERE about = '{case}'")


def sanction(desk, measure, until_day="2027-01-31"):
    act(desk, measure, "sanction", until_day=until_day, born="unknown")


def printed(desk, measure, language="en"):
    answer = client_of(desk, language).get(f"/measures/{measure}/papers")
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    return answer.text


def by_title(page):
    """(paper, language) → the text of its section."""
    names = {title: name for name, titles in TITLES.items() for title in titles}
    found = {}
    for sheet in ARTICLE.findall(page):
        for language, text in SECTION.findall(sheet):
            found[names[re.search(r"<h2[^>]*>(.*?)</h2>", text)[1]], language] = text
    return found
