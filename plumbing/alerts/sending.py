"""Who rings whom now? Claims what is due, hands one text to each recipient, passes on what nobody answers."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from plumbing import metrics
from plumbing.alerts import waiting
from plumbing.alerts.failures import PermanentFailure, TemporaryFailure
from plumbing.alerts.gateways import Gateway, gateways
from plumbing.alerts.recipients import Recipients
from plumbing.alerts.texts import text
from plumbing.alerts.waiting import Call, Rows, Waiting
from plumbing.identity import new_id
from plumbing.logs import Word
from plumbing.marks import mark
from plumbing.postgres import Database
from plumbing.settings import Settings

log = logging.getLogger("qorgan.alerts")
CALLS_MAX = 5  # so many fit into a lease, even if each gateway takes its whole time


class Sender:
    """Rings at least once: killed between handing over and noting it, the next one rings again when the lease is over."""

    def __init__(self, settings: Settings, recipients: Recipients, stopping: threading.Event) -> None:
        self._settings, self._recipients, self._stopping = settings, recipients, stopping
        self._database = Database(settings.dsn, f"{settings.service}/alerts")
        self._gateways: dict[str, Gateway] = gateways(recipients.gateways)

    def run(self) -> None:
        with self._database.transaction() as tx:
            waiting.forget(tx)
        while not self._stopping.is_set():
            if self.look() < CALLS_MAX:
                self._stopping.wait(self._settings.tick)

    def look(self) -> int:
        """One look: gives how many calls were made."""
        with self._database.transaction() as tx:
            now = tx.now()
            calls = self._claim(Rows(tx, now))
            oldest, unanswered = waiting.state(tx)
        metrics.ALERTS_OLDEST.labels(self._settings.service).set(oldest)
        metrics.ALERTS_UNANSWERED.labels(self._settings.service).set(unanswered)
        mark("before_ring")
        for call in calls:
            outcome = self._ring(call, now)
            mark("after_ring")
            with self._database.transaction() as tx:
                Rows(tx, tx.now()).note(call, outcome, self._recipients.wait_minutes)
            metrics.ALERTS.labels(self._settings.service, outcome).inc()
        return len(calls)

    def _claim(self, rows: Rows) -> list[Call]:
        """Under one lock, so that what a recipient bears is counted right by several senders."""
        due = rows.due()
        self._pass_on(rows, [one for one in due if one.rung])
        by_name: dict[str, list[Waiting]] = {}
        for one in due:
            if one.rung:
                continue
            recipient = self._recipients.at(one.queue, one.region, one.turn)
            if recipient is None:
                rows.give_up([one])
            else:
                by_name.setdefault(recipient.name, []).append(one)
        calls: list[Call] = []
        for name in sorted(by_name, key=lambda one: by_name[one][0].alert_id):
            if len(calls) < CALLS_MAX and (call := self._call(rows, name, by_name[name])):
                calls.append(call)
        return calls

    def _call(self, rows: Rows, name: str, listed: list[Waiting]) -> Call | None:
        bears = (self._recipients.gap_seconds, self._recipients.rings_per_hour)
        if (later := rows.not_before(name, *bears)) is not None:
            rows.put_off(listed, later)  # they are told together then
            return None
        call = Call(new_id(), name, listed)
        rows.lease(call)
        return call

    def _pass_on(self, rows: Rows, unanswered: list[Waiting]) -> None:
        for one in unanswered:
            if self._recipients.at(one.queue, one.region, one.turn + 1) is None:
                log.warning("an alert rang everybody of its queue and nobody has answered")
                rows.give_up([one])
            else:
                rows.pass_on(one)
                metrics.ALERTS.labels(self._settings.service, "passed_on").inc()

    def _ring(self, call: Call, now: datetime) -> str:
        recipient = self._recipients.by_name[call.recipient]
        first = min(one.due_at for one in call.listed)
        told = text(recipient.language, len(call.listed), first, self._settings.clock.at(now))
        try:
            self._gateways[recipient.way](recipient, told, call.ring_id)
        except TemporaryFailure as error:
            log.warning("%s could not be rung and is tried again: %s", Word(recipient.name), error)
            return "temporary_failure"
        except PermanentFailure as error:
            log.error("%s cannot be rung; the next one is: %s", Word(recipient.name), error)
            return "permanent_failure"
        return "delivered"
