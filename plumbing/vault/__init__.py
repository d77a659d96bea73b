"""Which vault does this process seal with? One for all its threads, settled before the first of them starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbing.vault.sealing import Vault

_in_use: list[Vault] = []


class Unopenable(ValueError):
    """Sealed bytes that lie in another place than they were sealed for, or whose key is not there."""


class NoKeys(RuntimeError):
    """Nothing can be sealed or opened: no keys were given to this process."""


def here() -> Vault:
    """The vault of this process; raises NoKeys if none was settled."""
    if not _in_use:
        raise NoKeys("no keys were given to this process (QORGAN_KEYS): it can seal and open nothing.")
    return _in_use[0]


def use(vault: Vault) -> Vault:
    """From now on this process seals with these keys."""
    _in_use[:] = [vault]
    return vault
