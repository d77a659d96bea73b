"""How does an invented month pass through police and router on a real database, without Kafka and faster than life?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count, groupby
from random import Random
from typing import TYPE_CHECKING, Any

from plumbing import clocks
from plumbing.service import Heard
from plumbing.settings import Clock
from plumbing.step import Step
from services.police_intake.messages import RegisterReport
from services.police_intake.messages import Request as Asked
from services.police_intake.web.body import ReportBody
from services.police_intake.web.reading import content_of, read_report
from services.referral_router import messages as m
from services.referral_router import said
from simulation.figures import regions
from simulation.partners import answers
from simulation.replay import without

if TYPE_CHECKING:
    from simulation.day import GeneratedReport

HOURS_AT_ONCE = 6
RUNG_AT_ONCE = 200
BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
SAID: dict[str, type] = {cls.event: cls for cls in vars(said).values() if hasattr(cls, "event")}
_JOURNAL = "SELECT kept_at, value FROM outbox WHERE kept_at > %s ORDER BY kept_at, topic, partition, number"


class Calendar(Clock):
    """A clock that shows what it was set to."""

    shown = BEGIN

    def set(self, moment: datetime) -> None:
        object.__setattr__(self, "shown", moment.astimezone(UTC))

    def at(self, database_now: datetime) -> datetime:
        return self.shown


class Month:
    """Reports are registered, heard, decided; partners answer, some never; clocks run out; some reports were wrong."""

    def __init__(self, police: Step, router: Step, seed: int) -> None:
        self._police, self._router, self._rng = police, router, Random(f"qorgan/month/{seed}")
        self._calendar = police.clock = router.clock = Calendar()
        self._read = {police: BEGIN, router: BEGIN}
        self._numbers = count(1)

    def live(self, reports: Iterable[GeneratedReport]) -> None:
        """Takes the reports in parts of six hours; ends when partners and clocks of the last part have spoken."""
        self._open()
        for _, some in groupby(reports, lambda one: (one.at.date(), one.at.hour // HOURS_AT_ONCE)):
            part = list(some)
            self._calendar.set(part[-1].at)
            self._register([report.body for report in part])
            self._route()

    def _open(self) -> None:
        self._calendar.set(BEGIN)
        self._hear([self._centre(iso) for iso in regions()])
        akimats = [m.CentreCapacity(f"akimat-{iso}", iso, "akimat", 0, True, True, 1) for iso in regions()]
        detox = [m.ClinicCapacity(f"detox-{iso}", iso, "detox", 20, True, 1) for iso in regions()]
        clinics = [m.ClinicCapacity(f"clinic-{iso}", iso, "narcology", 0, True, 1) for iso in regions()]
        self._hear([*akimats, *detox, *clinics])

    def _centre(self, iso: str) -> m.CentreCapacity:
        sequence = next(self._numbers)
        return m.CentreCapacity(f"centre-{iso}", iso, "crisis_centre", self._rng.randrange(9), iso == "KZ-55", True, sequence)

    def _register(self, bodies: list[dict[str, Any]]) -> None:
        commands = [self._command(body) for body in bodies]
        known = [command for command in commands if command is not None]
        self._police.run([Heard(one, f"form/{next(self._numbers)}", str(one.fields.kui_number)) for one in known])

    def _command(self, body: dict[str, Any]) -> RegisterReport | None:
        """As the form makes it; what the form refuses is left out, as a clerk would."""
        form = ReportBody.model_validate(body)
        told, wrong = read_report(form, self._calendar.shown)
        if told is None:
            form = ReportBody.model_validate(without(body, [one.field for one in wrong]))
            told, _ = read_report(form, self._calendar.shown)
        content, content_hash = content_of(form)
        asked = Asked("month", sha256(content_hash.encode()).hexdigest(), content_hash)
        return RegisterReport(told, content, content_hash, (), None, asked) if told else None

    def _route(self) -> None:
        reports = self._journal(self._police, self._router.service.views)
        self._hear(reports)
        self._hear([wrong for one in reports if isinstance(one, m.ReportRegistered) and (wrong := self._corrected(one))])
        while heard := [answer for one in self._journal(self._router, SAID) if (answer := answers(self._rng, one))]:
            self._hear(heard)
        self._ring()
        self._hear([self._centre(iso) for iso in self._rng.sample(sorted(regions()), 3)])
        self._hear([answer for one in self._journal(self._router, SAID) if (answer := answers(self._rng, one))])

    def _corrected(self, report: Any) -> Any:
        """One report in thirty was wrong, one in twenty is corrected."""
        lot = self._rng.random()
        if lot < 1 / 30:
            return m.ReportCancelled(report.report_id, report.version + 1, "unfounded")
        if lot < 1 / 30 + 1 / 20:
            told = {field.name: getattr(report, field.name) for field in fields(report)}
            consent = "no" if report.consent == "yes" else "yes"
            return m.ReportCorrected(**{**told, "version": report.version + 1, "consent": consent})
        return None

    def _ring(self) -> None:
        while True:
            with self._router.database.transaction() as tx:
                due = clocks.due(tx, self._calendar.shown, RUNG_AT_ONCE)
            if not due:
                return
            self._router.run([Heard(one, f"clock/{one.subject}/{one.step}", one.key) for one in due])

    def _hear(self, messages: list[Any]) -> None:
        if messages:
            self._router.run([Heard(one, f"wire/{next(self._numbers)}", _key(one)) for one in messages])

    def _journal(self, step: Step, views: dict[str, type]) -> list[Any]:
        """What a service has said since this was last read."""
        with step.database.transaction() as tx:
            rows = tx.rows(_JOURNAL, (self._read[step],))
        self._read[step] = rows[-1][0] if rows else self._read[step]
        read = [step.codec.decode(bytes(value), views) for _, value in rows]
        return [message for message in read if message is not None]


def _key(message: Any) -> str:
    return next(getattr(message, name) for name in ("report_id", "need_id", "facility_code") if hasattr(message, name))
