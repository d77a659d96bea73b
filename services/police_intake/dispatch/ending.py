"""How does a person renew the key that dispatch systems seal to, and end the older ones? `new-dispatch-key [--destroy-old]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing

from plumbing.catalogue import catalogue
from plumbing.postgres import Database
from plumbing.service import Service
from plumbing.settings import Settings
from plumbing.unread import unread
from services.police_intake.dispatch.incident import IncidentReported
from services.police_intake.dispatch.keys import NoDispatchKey, add_key, destroy_old, read_keys

NONE_OLDER = "there is no older key: new-dispatch-key makes a newer one first, and dispatch systems take it."


def new_dispatch_key(service: Service, settings: Settings, words: Sequence[str]) -> int:
    """A new key is published from now on; or the older ones end, so that what topics keep sealed to them is noise."""
    parser = argparse.ArgumentParser(prog=f"python -m services.{service.name} new-dispatch-key")
    parser.add_argument("--destroy-old", action="store_true", help="make none: destroy all but the newest key")
    try:
        if not parser.parse_args(list(words)).destroy_old:
            print(f"published from now on: key {add_key()}; older keys still open. --destroy-old ends them.")
            return 0
        with closing(Database(settings.dsn, f"{service.name}/dispatch-key")) as database:
            refused = _needed_still(settings, database)
        if not refused:
            print(f"{destroy_old()} older keys are destroyed: what was sealed to them opens no more, wherever it lies.")
    except NoDispatchKey as error:
        refused = str(error)
    if refused:
        print(refused, file=sys.stderr)
    return 1 if refused else 0


def _needed_still(settings: Settings, database: Database) -> str:
    """Why the older keys may not end now; "" if they may: a report that nobody has read would end with them."""
    if len(read_keys().by_id) < 2:
        return NONE_OLDER
    topic = catalogue().topic_of(IncidentReported.event)
    with database.transaction() as tx:
        [(lying,)] = tx.rows("SELECT count(*) FROM dead_letters WHERE topic = %s AND redriven_at IS NULL", (topic.name,))
    if lying:
        return f"{lying} letters of {topic.name} wait for their keys: redrive them first, see /dead-letters."
    if waiting := unread(database, topic, settings.kafka, settings.login):
        return f"{waiting} messages of {topic.name} are not read yet: let the service come to their end first."
    return ""
