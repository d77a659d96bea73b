"""Under which rule packs did this service ever work, and how is one of them found again by its hash?"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.postgres import Transaction
    from plumbing.service import Service


class LostPack(LookupError):
    """A decision names a rule pack that was never kept here, or that the questions of today cannot ask."""


def keep(tx: Transaction, service: Service) -> None:
    """Keep the pack of today before anything is decided under it; a pack known already is left as it is."""
    if service.law_kept_as is not None:
        packed = zlib.compress(service.law.written().encode(), 9)
        tx.run("INSERT INTO rule_packs (law_hash, pack) VALUES (%s, %s) ON CONFLICT DO NOTHING", (service.law_hash, packed))


def pack_of(tx: Transaction, service: Service, law_hash: str) -> Any:
    """The rule pack of this hash, as it was; raises LostPack."""
    if law_hash == service.law_hash:
        return service.law
    found = tx.rows("SELECT pack FROM rule_packs WHERE law_hash = %s", (law_hash,))
    if not found or service.law_kept_as is None:
        raise LostPack(f"the rule pack {law_hash} was never kept here")
    try:
        pack = service.law_kept_as(zlib.decompress(bytes(found[0][0])).decode())
    except ValueError as error:
        raise LostPack(f"the rule pack {law_hash} cannot be asked any more: {error}") from error
    if pack.digest != law_hash:
        raise LostPack(f"what is kept as the rule pack {law_hash} has the hash {pack.digest}")
    return pack
