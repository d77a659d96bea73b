"""Which cards may come into question for a need, each on its ground? What holds is decided where it is sealed. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.police_intake.consent.contract import Contract
    from services.police_intake.consent.messages import Disclosure

HIS = ("detox", "examination")
BY_CONSENT, BY_DISCLOSURE, BY_LAW = "consent", "disclosure", "law"
Classes = tuple[str, ...]
Say = tuple[Sequence[Classes], "Disclosure | None"]  # sets of classes she may have agreed to, and what was told without her


@dataclass(frozen=True)
class Sealed:
    """A card as it could be sent: on this ground, with these classes of data on it besides what the law lets be told."""

    sealed: bytes
    ground: str
    classes: Classes = ()


def options(kind: str, say: Say) -> list[tuple[str, Classes]]:
    """(ground, classes) of each, the fullest first."""
    if kind in HIS:
        return [(BY_LAW, ())]
    scopes, disclosure = say
    agreed = [(BY_CONSENT, classes) for classes in scopes]  # none at all is a card, too: it takes the fuller one's place
    told = [(BY_DISCLOSURE, disclosure.data_classes)] if disclosure is not None and disclosure.data_classes else []
    return [*agreed, *told, *([(BY_LAW, ())] if kind == "child_notice" else [])]


def say_about(report_id: str, facts: Mapping[Any, Any], defaults: Sequence[Classes]) -> Say:
    """What she agreed to; where she has not spoken within a notice, what the notices ask for."""
    contract: Contract | None = facts.get(("consent", report_id))
    scopes = [contract.terms.data_classes] if contract is not None and contract.is_given else defaults
    return scopes, facts.get(("disclosure", report_id))
