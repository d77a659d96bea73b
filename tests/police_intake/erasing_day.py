"""How does an erasure go in a test: a day that can be put forward, her report, a record about her, and another woman's?"""

from datetime import timedelta

from plumbing.clocks import ClockDue
from plumbing.sealing import new_key_pair
from plumbing.service import Heard
from services.police_intake import messages as m
from services.police_intake.erasing import acts as e
from services.police_intake.officer import acts as o
from services.police_intake.report import Consent, SafeContact, SafeContactKind
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.police_intake import opened
from tests.police_intake.intake import ANOTHER_IIN, HER_IIN, NOW, command, person, said

HER = person("Канарейкина Зәуре", "1974-08-12", iin=HER_IIN)
OTHER = person("Воробьёва Айгүл", "1981-02-03", iin=ANOTHER_IIN)
HERS = ("Канарейкина", "канареикина", HER_IIN, "1974-08-12", "ул. Канареечная", "канареечная", "Била канарейку", "Слово канарейка")
CONTACT = SafeContact(SafeContactKind.ONLY_AT, "Слово канарейка")
DELAY = timedelta(days=14)


class Day:
    """A step whose time can be put forward, on a database of its own."""

    def __init__(self, dsn):
        self.dsn, self.now, self.heard = dsn, NOW, 0
        self.step = stores.pinned_step(SERVICE, dsn)
        self.step.clock = self

    def at(self, _database_now):
        return self.now

    def hear(self, message, key="key"):
        self.heard += 1
        return list(self.step.run([Heard(message, f"m/{self.heard}", key)])[0])

    def ring(self):
        """Whatever is due by now."""
        due = self.look(lambda tx: tx.rows(
            "SELECT subject, step, due_at, key FROM clocks WHERE ended_at IS NULL AND due_at <= %s AND step LIKE 'erase%%'", (self.now,)))
        return [event for row in due for event in self.hear(ClockDue(*row), row[3])]

    def look(self, question):
        return opened.look(self.dsn, question)


def two_women(day):
    """Two women's reports, hers with her own answers and a need that was answered; a record about her waits."""
    her_report = said(day.hear(command(
        victim=HER, address="ул. Канареечная, 2", narrative="Била канарейку.", kui_number="11", safe_contact=CONTACT)))
    day.hear(o.AddAnswers(
        her_report.report_id, o.VictimAnswered(her_report.report_id, True, Consent.YES, CONTACT, "Aigul"),
        o.RiskSeen((), "light", None, 0), "Aigul"))
    other = said(day.hear(command(victim=OTHER, kui_number="12")))
    day.hear(m.SetAside("held", "why", {"victim": HER.name, "victim_birth_date": "12.08.1974"}, "a hash", (), None))
    day.hear(m.CardRequested(her_report.report_id, "need", "shelter", new_key_pair().public), her_report.report_id)
    day.hear(m.NeedStateChanged(her_report.report_id, "need", "shelter", "closed", "", 5), her_report.report_id)
    [her] = opened.people(day.dsn, HER_IIN)
    return day, her, her_report, other


def asked_and_approved(day, her):
    day.hear(e.RequestErasure(her, "Aigul", "her_request"))
    return day.hear(e.ApproveErasure(her, "Dana"))


def erased(day, her):
    asked_and_approved(day, her)
    day.now += DELAY
    return day.ring()
