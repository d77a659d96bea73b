"""Does everything that was said arrive, and does what falls due happen?"""

from __future__ import annotations

import time
from collections.abc import Mapping

from deploy.local.doctor.finding import Finding
from deploy.local.doctor.looking import Door, Tables, waiting_since
from deploy.local.doctor.site import Site
from plumbing.catalogue import catalogue
from plumbing.postgres import LostConnection

STALE = 60  # seconds after which a service's own figures are not believed


def outbox(site: Site, name: str, tables: Tables, kafka_is_up: bool) -> Finding:
    number, age = tables.unsent
    if age <= site.patience:
        return Finding("outbox", name, f"{number} unsent" if number else "everything said is sent")
    sees = f"{number} messages wait to be sent, the oldest for {age:.0f} s"
    if not kafka_is_up:
        why = "Kafka does not answer; they go out by themselves when it is back"
        return Finding("outbox", name, sees, why, site.start("kafka"))
    if "relay" not in tables.parts:
        why = "its relay does not run: nobody takes them to Kafka"
        return Finding("outbox", name, sees, why, site.start(name, again=True))
    why = f"its relay runs and Kafka does not take them; {site.log(name)}"
    return Finding("outbox", name, sees, why, site.start(name, again=True))


def lag(site: Site, name: str, tables: Mapping[str, Tables]) -> Finding:
    """By the tables of both ends: what the writer has sent and the reader has not taken."""
    waiting, oldest = 0, 0.0
    for topic in catalogue().heard_by(name):
        writer = tables.get(topic.owner, Tables(trouble="unknown"))
        late = {place: tables[name].taken.get(place, 0) + 1 for place, sent in writer.sent.items()
                if place[0] == topic.name and sent > tables[name].taken.get(place, 0)}
        waiting += sum(writer.sent[place] - number + 1 for place, number in late.items())
        oldest = max(oldest, _age(site.databases[topic.owner], late) if late else 0.0)
    if oldest <= site.patience:
        return Finding("lag", name, f"{waiting} under way" if waiting else "everything sent to it is taken")
    sees = f"{waiting} messages lie untaken, the oldest for {oldest:.0f} s"
    why = f"it does not take them: its step has stopped, or waits for a missing message; {site.log(name)}"
    return Finding("lag", name, sees, why, site.start(name, again=True))


def _age(dsn: str, late: Mapping[tuple[str, int], int]) -> float:
    try:
        return waiting_since(dsn, dict(late))
    except LostConnection:
        return 0.0


def audit(site: Site, name: str, tables: Tables) -> Finding:
    """Who reads for the pages, and can it be written down who looks?"""
    if tables.audit_waiting:
        sees = f"{tables.audit_waiting} rows wait: no page shows who anybody is"
        why = f"the audit cannot be written; reports are still taken; {site.log(name)}"
        return Finding("audit", name, sees, why, "docs/runbooks/AuditWaiting.md says how it is mended")
    if True in tables.pages_as_owner:
        unset = f"QORGAN_DSN_{name.upper()}_DESK is not set"
        return Finding("audit", name, f"is written; pages read as the service's own role behind its forced walls: {unset}")
    return Finding("audit", name, "is written; pages read through a role of their own")


def letters(site: Site, name: str, tables: Tables) -> Finding:
    if not tables.letters:
        return Finding("letters", name, "nothing is set aside")
    number, lives = (sum(int(row[place]) for row in tables.letters) for place in (1, 2))
    causes = ", ".join(f"{count} × {cause}" for cause, count, _ in tables.letters)
    why = f"{causes}; read them at {site.services.get(name, '')}/dead-letters. {lives} lives stand still behind them"
    mend = f"remove the cause, then .venv/bin/python -m services.{name} redrive"
    return Finding("letters", name, f"{number} messages could not be taken", why, mend)


def by_its_clock(site: Site, name: str, door: Door) -> list[Finding]:
    """What only the service can say, since it may live by a simulated clock: gap, clocks late, tasks overdue."""
    old = time.time() - door.most("qorgan_figures_read_timestamp_seconds")
    if old > STALE:
        when = f"last read {old:.0f} s ago" if old < 1e9 else "never read yet"
        why = f"its own figures were {when}: its minutes stand still; {site.log(name)}"
        return [Finding("clocks", name, "nobody knows how late they are", why, site.start(name, again=True))]
    return [_gap(site, name, door), _clocks(site, name, door), _tasks(site, name, door), *_watch(site, name, door)]


def _gap(site: Site, name: str, door: Door) -> Finding:
    age = door.most("qorgan_inbox_gap_seconds")
    if age <= site.patience:
        return Finding("gap", name, "no message is missing")
    why = "a message that was numbered has not come; nothing later of its partition is decided before it"
    return Finding("gap", name, f"a message has been missing for {age:.0f} s", why,
                   "look for a red outbox or relay of another service first; none: docs/runbooks/GapOld.md")


def _watch(site: Site, name: str, door: Door) -> list[Finding]:
    """What runs beside a service says every few seconds that it lives; told of only when it is silent."""
    silent = door.most("qorgan_surge_watch_silent_seconds")
    if silent <= max(site.patience, STALE):
        return []
    why = f"the process that watches for surges has stopped or stands still; {site.log(name + '-surges')}"
    return [Finding("watch", name, f"silent for {silent:.0f} s", why, site.start(name, again=True))]


def _clocks(site: Site, name: str, door: Door) -> Finding:
    late = door.most("qorgan_clock_oldest_due_seconds")
    if late <= site.patience:
        return Finding("clocks", name, "none is late")
    why = f"what should have happened by itself has not; {site.log(name)}"
    return Finding("clocks", name, f"{door.most('qorgan_clocks_late'):.0f} late, the oldest by {late:.0f} s", why,
                   site.start(name, again=True))


def _tasks(site: Site, name: str, door: Door) -> Finding:
    overdue = {labels["kind"]: count for labels, count in door.figures.get("qorgan_tasks_overdue", ()) if count}
    if not overdue:
        return Finding("tasks", name, "nobody is awaited past their time")
    told = ", ".join(f"{count:.0f} {kind}" for kind, count in sorted(overdue.items()))
    return Finding("tasks", name, f"{told} overdue", "a person should have acted and has not",
                   f"no command mends this: open {site.services.get(name, '')}/worklist and call whose they are")
