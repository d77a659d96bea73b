"""Under whose name does an order at the command line run, and where does it stand afterwards?"""

from __future__ import annotations

import getpass
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from plumbing.actors import Actor, acting
from plumbing.audit import drafts, store

if TYPE_CHECKING:
    from plumbing.postgres import Transaction


def operator(verb: str, named: str = "") -> Actor:
    """Who is logged in on this machine; `named` is who an order says it is from, where it must say so."""
    name = f"{verb} by {getpass.getuser()}"
    return Actor(verb, f"{named}, {name}" if named else name, "operator", machine=True)


def operating(verb: str, named: str = "") -> AbstractContextManager[None]:
    return acting(operator(verb, named))


def write_down(tx: Transaction, action: str, kind: str, object_id: str) -> None:
    """What no step decides; like any change it is done though the audit is away, and its row waits then."""
    store.keep(tx, [drafts.ordered(action, drafts.Seen(kind, object_id, ()), tx.now())])
