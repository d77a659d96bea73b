"""What stands in a sealed card, as long as its one-time key exists?"""

from __future__ import annotations

from typing import Any

from plumbing.sealing import Unopenable, unseal


def card(sealed: bytes | None, private_key: bytes | None) -> dict[str, Any] | None:
    if sealed is None or private_key is None:
        return None
    try:
        return unseal(sealed, private_key)
    except Unopenable:
        return None
