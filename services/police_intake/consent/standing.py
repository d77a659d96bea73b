"""Whose word about her consent stands: what she said to an officer, what she said last, or what a record says? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from services.police_intake.consent.contract import AS_RECORDED, REFUSED, WITHDRAWN, Contract
from services.police_intake.report import Consent

if TYPE_CHECKING:
    from datetime import datetime

    from plumbing.service import Key
    from services.police_intake.facts import KnownReport
    from services.police_intake.messages import RegisterReport

Known = Mapping["Key", Any]


def is_own(contract: Contract) -> bool:
    """She said it to an officer, or took it back: a journal or a machine may be late, or repeat what it was told before."""
    return contract.state == WITHDRAWN or contract.source == "form"


def as_she_said(command: RegisterReport, facts: Known) -> RegisterReport:
    """Her own say stands against an extract or a machine, both ways; a machine takes it back by a door of its own."""
    before: Contract | None = facts.get(("consent", command.report_id)) if command.report_id else None
    if before is None or not is_own(before):
        return command
    return _saying(command, Consent.YES if before.is_given else Consent.NO)


def not_resurrected(command: RegisterReport, hers: Sequence[KnownReport], facts: Known) -> RegisterReport:
    """A record that says yes, made before she last said no about any report of `hers`, gives nothing back."""
    at, own = command.fields.recorded_at, facts.get(("consent", command.report_id))
    if command.answers is not None or command.fields.consent != Consent.YES or at is None or (own and own.is_given):
        return command
    says: list[Contract] = [said for one in hers if (said := facts.get(("consent", one.report_id))) is not None]
    last = max(says, key=lambda one: (_when(one, facts), one.report_id), default=None)
    late = last is not None and not last.is_given and at < _when(last, facts)
    return _saying(command, Consent.NO) if late else command


def _when(contract: Contract, facts: Known) -> datetime:
    """When she said it; of what is only recorded, when it was recorded."""
    report = facts["report", contract.report_id]
    if contract.terms.how != AS_RECORDED and contract.said_at is not None:
        return contract.said_at
    is_first = contract.state == REFUSED or contract.is_given
    recorded: datetime = report.recorded_at if is_first or report.extracted_at is None else report.extracted_at
    return recorded


def _saying(command: RegisterReport, consent: Consent) -> RegisterReport:
    return replace(command, fields=replace(command.fields, consent=consent))
