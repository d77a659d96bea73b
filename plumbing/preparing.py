"""What must be true before a service may work: its tables are of today, and its first words are said?"""

from __future__ import annotations

import logging
import threading

from plumbing import outbox, recovery, rule_packs, vault, wall
from plumbing.catalogue import catalogue
from plumbing.logs import Word
from plumbing.migrate import migrate
from plumbing.outages import Outages
from plumbing.postgres import Conflict, Database, LostConnection, user_of
from plumbing.service import Heard, Service
from plumbing.settings import MissingSetting, Settings
from plumbing.step import Step

log = logging.getLogger("qorgan")


def prepare(service: Service, settings: Settings, stopping: threading.Event | None = None) -> None:
    """Bring the tables to today's shape, say what a new database has to say first, take what can be read by now.

    Waits for the database, until told to stop.
    """
    stopping = stopping or threading.Event()
    if not role_of_pages(settings):
        log.warning("%s: QORGAN_DSN_…_DESK is not set: pages read as the service's own role, behind the forced walls only",
                    Word(service.name))
    outages = Outages(f"{service.name} waits for its database", stopping)
    while not stopping.is_set():
        step = Step(service, Database(settings.dsn, f"{service.name}/start"), settings.clock)
        try:
            _prepare(step, settings)
            return
        except (LostConnection, Conflict) as error:
            outages.wait(error)
        finally:
            step.database.close()


def role_of_pages(settings: Settings) -> str:
    """Whom the database would let in to read for pages; empty if they read as the service itself.

    Raises MissingSetting where it cannot be said: nobody could check that this role passes no wall.
    """
    if not settings.dsn_desk:
        return ""
    try:
        role = user_of(settings.dsn_desk)
    except Exception:  # the driver's own words would quote the password
        role = ""
    if not role:
        name = f"QORGAN_DSN_{settings.service.upper()}_DESK"
        raise MissingSetting(f"{name} names no user: give it postgresql://USER:PASSWORD@HOST/DATABASE, or unset it.")
    return role


def _prepare(step: Step, settings: Settings) -> None:
    service = step.service
    migrate(step.database, service.folder)
    with step.database.transaction() as tx:
        outbox.prepare(tx, catalogue().said_by(service.name))
        rule_packs.keep(tx, service)
        wall.apply(tx, wall.read(service.folder), role_of_pages(settings))
        wall.narrow(tx, role_of_pages(settings))
        vault.here().prepare(tx)
        commands = service.at_start(tx) if service.at_start else ()
    if commands:
        step.run([Heard(command, f"start/{place}", "start") for place, command in enumerate(commands)])
    recovery.redrive_known_schemas(step)
