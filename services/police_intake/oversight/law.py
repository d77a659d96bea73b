"""By when is a report registered? Dated rules of rules/, read at the start."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from plumbing.rule_files import load_rules
from services.police_intake.oversight.late import QUESTIONS, Duty

if TYPE_CHECKING:
    from services.police_intake.consent.contract import Law

RULES = Path(__file__).parent / "rules"


def with_registration(law: Law) -> Law:
    """The law of this service with the duty to register beside it, and the hash of both."""
    pack = load_rules(RULES, QUESTIONS)
    return replace(law, registration=Duty(pack), digest=sha256(f"{law.digest}{pack.digest}".encode()).hexdigest()[:16])
