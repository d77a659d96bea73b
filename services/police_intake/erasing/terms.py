"""Which numbers are in force for erasures? Data of terms.toml."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from services.police_intake.erasing.acts import Terms

if TYPE_CHECKING:
    from services.police_intake.consent.contract import Law

FILE = Path(__file__).parent / "terms.toml"


def with_terms(law: Law) -> Law:
    """The law of her consent with that of erasures beside it, and the hash of both."""
    text = FILE.read_text("utf-8")
    terms = tuple(
        Terms(
            one["in_force_from"], timedelta(days=one["delay_days"]), timedelta(hours=one["approval_hours"]),
            timedelta(hours=one["again_hours"]), tuple(one["reasons"]),
        )
        for one in tomllib.loads(text)["term"]
    )
    return replace(law, erasing=terms, digest=sha256(f"{law.digest}{text}".encode()).hexdigest()[:16])
