"""Is this row a report to be taken in, kept for an officer, passed over, or refused?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from plumbing.texts import N_
from services.police_intake.journal.cells import Cells
from services.police_intake.journal.columns import HEADINGS
from services.police_intake.journal.content import content_of, hash_of
from services.police_intake.journal.fields import read_fields
from services.police_intake.journal.persons import names_somebody
from services.police_intake.journal.rows import Header, JournalRow
from services.police_intake.journal.ruled_out import why_no_report
from services.police_intake.report import ReportFields

Verdict = Literal["report", "held", "ignored", "rejected"]


@dataclass(frozen=True, repr=False, slots=True)
class ReadRow:
    record: int
    verdict: Verdict
    reason: str
    doubts: tuple[str, ...]
    report: ReportFields | None  # a held row keeps what could be read; None where columns have shifted
    content: dict[str, str]
    content_hash: str
    extracted_at: datetime | None  # an older extract never overwrites a newer one


def read_row(
    row: JournalRow, extracted_at: datetime | None, now: datetime, allow_synthetic: bool = True
) -> ReadRow:
    """Never raises: a row that cannot be read as a report is still kept, with its reason."""
    content = content_of(row)
    verdict, reason, doubts, report = _ruled(row, now, allow_synthetic)
    return ReadRow(row.record, verdict, reason, doubts, report, content, hash_of(content), extracted_at)


def _ruled(
    row: JournalRow, now: datetime, allow_synthetic: bool
) -> tuple[Verdict, str, tuple[str, ...], ReportFields | None]:
    why = why_no_report(row)
    if why:
        return "ignored", why, (), None
    cells = Cells(row)
    report = read_fields(cells, now, allow_synthetic)
    if not _names_person_or_place(report):
        return "rejected", N_("No person and no place can be read."), cells.doubts(), None
    if row.extra:
        reason = N_("The record has more cells than the header has columns.")
        return "held", reason, (), None
    if row.width < len(row.header.names):
        reason = N_("The record is short: it has fewer cells than the header has columns.")
        return "held", reason, cells.doubts(), report
    return _by_number_and_time(report, cells, now)


def _by_number_and_time(
    report: ReportFields, cells: Cells, now: datetime
) -> tuple[Verdict, str, tuple[str, ...], ReportFields]:
    if report.kui_number is None:
        cells.trust("kui_number")
        return "held", N_("The КУИ number is missing or cannot be read."), cells.doubts(), report
    if report.recorded_at is None:
        cells.trust("recorded_at")
        return "held", N_("The time of the report is missing or cannot be read."), cells.doubts(), report
    if report.recorded_at > now:
        cells.trust("recorded_at")
        reason = N_("The time of the report lies in the future.")
        return "held", reason, cells.doubts(), replace(report, recorded_at=None)
    return "report", "", cells.doubts(), report


def _names_person_or_place(report: ReportFields) -> bool:
    persons = (report.victim, report.respondent)
    return (
        any(person.known or person.iin for person in persons)
        or report.territory is not None
        or names_somebody(report.station)
        or names_somebody(report.address)
    )


def read_again(
    content: Mapping[str, str], extracted_at: datetime | None, now: datetime, allow_synthetic: bool = True
) -> ReadRow:
    """Read as a journal's row is, by canonical columns; cells beyond the header were put where they belong."""
    cells = dict.fromkeys(HEADINGS, "") | {name: text for name, text in content.items() if not name.startswith("+")}
    header = Header(tuple(cells), {name: name for name in cells}, len(cells), frozenset())
    return read_row(JournalRow(1, cells, (), 0, len(cells), header), extracted_at, now, allow_synthetic)
