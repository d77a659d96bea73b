"""Does what waits join the audit, and is its end signed every few minutes?"""

from __future__ import annotations

import logging
from time import monotonic, time
from typing import TYPE_CHECKING

from plumbing import metrics
from plumbing.audit import heads, store
from plumbing.audit.chain import Head
from plumbing.logs import Word
from plumbing.postgres import Conflict, Database, LostConnection
from plumbing.settings import Settings

if TYPE_CHECKING:
    from nacl.signing import SigningKey

log = logging.getLogger(__name__)
LOOKED_EVERY = 5.0  # seconds between two looks at what waits


class Watch:
    """Called at every tick, and once more at the stop."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings, self._database = settings, database
        self._key = heads.signer(settings)
        self._look_at, self._sign_at = 0.0, 0.0
        self._signed: Head | None = None
        if self._key is None:
            log.warning("the ends of the audit are not signed: set QORGAN_AUDIT_KEY_FILE, or a cut at its end stays unseen")
        else:  # from now on it is waited for
            metrics.AUDIT_SIGNED_AT.labels(settings.service).set(time())

    def tick(self) -> None:
        now = monotonic()
        if now >= self._look_at:
            self._look_at = now + LOOKED_EVERY
            self._catch_up()
        if now >= self._sign_at:
            self._sign_at = now + self._settings.audit_every
            self.sign()

    def sign(self) -> None:
        """Where the audit ends now; nothing if it ends where it did. A disk that is full must not end what carries reports."""
        if self._key is None:
            return
        try:
            with heads.opened(self._settings) as file:
                self._signed = self._written(file, self._key)
        except OSError as error:
            log.error("the end of the audit could not be signed: %s", Word(error.strerror or "unknown"))
            return
        metrics.AUDIT_SIGNED_AT.labels(self._settings.service).set(time())

    def _written(self, file: int, key: SigningKey) -> Head:
        """Read only once the file is ours: of two workers none writes an older end after a newer one."""
        with self._database.transaction() as tx:
            head = store.head(tx)
        if head != self._signed:
            heads.write(self._settings, key, head, file)
        return head

    def _catch_up(self) -> None:
        """As long as anything waits; what the audit still refuses goes on waiting, and intake goes on, too."""
        try:
            with self._database.transaction() as tx:
                waits = store.waits(tx)
            while waits:
                with self._database.transaction() as tx:
                    waits = store.catch_up(tx) > 0
        except (LostConnection, Conflict):
            raise
        except Exception as error:
            log.error("the audit still cannot be written, rows of changes wait: %s", error)
