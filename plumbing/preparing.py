"""What must be true before a service may work: its tables are of today, and its first words are said?"""

from __future__ import annotations

import logging
import time

from plumbing import outbox, rule_packs
from plumbing.catalogue import catalogue
from plumbing.migrate import migrate
from plumbing.postgres import Conflict, Database, LostConnection
from plumbing.service import Heard, Service
from plumbing.settings import Settings
from plumbing.step import Step

log = logging.getLogger("qorgan")


def prepare(service: Service, settings: Settings) -> None:
    """Bring the tables to today's shape and say what a new database has to say first; waits for the database."""
    waited = False
    while True:
        step = Step(service, Database(settings.dsn, f"{service.name}/start"), settings.clock)
        try:
            migrate(step.database, service.folder)
            with step.database.transaction() as tx:
                outbox.prepare(tx, catalogue().said_by(service.name))
                rule_packs.keep(tx, service)
                commands = service.at_start(tx) if service.at_start else ()
            if commands:
                step.run([Heard(command, f"start/{place}", "start") for place, command in enumerate(commands)])
            return
        except (LostConnection, Conflict) as error:
            if not waited:
                log.warning("%s waits for its database: %s", service.name, error)
            waited = True
            time.sleep(0.5)
        finally:
            step.database.close()
