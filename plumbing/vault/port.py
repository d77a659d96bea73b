"""What must a key service be able to do, wherever it keeps the keys that wrap all others?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from plumbing.postgres import LostConnection
from plumbing.settings import MissingSetting

KEY_BYTES = 32
Item = tuple[str, bytes]  # (whose key it is, the key or its wrapped form); a key wrapped for one owner opens for no other


class KeysRefused(MissingSetting):
    """The keys lie where or as they must not; the text says how to mend it, and the process does not start."""


class KeyServiceAway(LostConnection):
    """An outside key service does not answer: like a database that is away, it is waited for, and nothing is lost."""


class KeyGone(LookupError):
    """The wrapping key was destroyed, or was never here: what it wrapped is noise."""


class KeyService(Protocol):
    """Wrapping keys by id; they never enter a database. Several live at once: the newest wraps, each unwraps its own."""

    def newest(self) -> str:
        """The id of the newest wrapping key; "" if there is none yet."""
        ...

    def all(self) -> list[str]:
        """The ids of all wrapping keys that live."""
        ...

    def make(self) -> str:
        """Make a new wrapping key; gives its id."""
        ...

    def has(self, key_id: str) -> bool: ...

    def wrap(self, key_id: str, items: Sequence[Item]) -> list[bytes]: ...

    def unwrap(self, key_id: str, items: Sequence[Item]) -> list[bytes]:
        """Raises KeyGone."""
        ...

    def destroy(self, key_id: str) -> None:
        """Whatever it wrapped opens no more; a second time does nothing."""
        ...

    def index_key(self) -> bytes:
        """The key of blind indexes: one for the life of a database, made with the first wrapping key."""
        ...
