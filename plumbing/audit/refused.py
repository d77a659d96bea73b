"""Who asked for somebody that is not theirs to see? Written down; the answer says nothing of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from plumbing.audit import drafts, store
from plumbing.logs import told

if TYPE_CHECKING:
    from plumbing.pages import Desk

log = logging.getLogger(__name__)


def write_down(desk: Desk, kind: str, ids: Sequence[str]) -> None:
    """A row for each of these that is there; none for an id that nobody has. Whoever asks hears the same either way."""
    places = desk.service.places
    if places is None or not all(ids):
        return
    try:
        known = desk.as_service(lambda tx: places(tx, kind, ids))
        if rows := drafts.refusals([drafts.Seen(kind, one, ()) for one in ids if one in known], desk.now()):
            desk.as_service(lambda tx: store.append(tx, rows))
    except Exception as error:  # nobody was shown anything: that it cannot be written must not be told by another answer
        log.error("a look that was refused could not be written down: %s", told(error))
