"""Who was hurt, and who is named in the report?"""

import re
from dataclasses import replace
from datetime import date

from services.police_intake.identity_number import IinReading, read_iin
from services.police_intake.journal.cells import Cells, is_unsaid, single_line
from services.police_intake.journal.moments import read_birth_date
from services.police_intake.names import mixes_scripts
from services.police_intake.report import PersonFields
from services.police_intake.telephone import read_phone

_NAME_CHARACTERS_MAX = 200
_TWO_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]", re.DOTALL)


def read_person(cells: Cells, role: str, today: date, allow_synthetic: bool) -> PersonFields:
    """`role` is "victim" or "respondent": the beginning of that person's columns."""
    name = _name(cells, role)
    birth_date = _birth_date(cells, f"{role}_birth_date", today)
    iin = _iin(cells, f"{role}_iin", birth_date, allow_synthetic)
    phone = _phone(cells, f"{role}_phone")
    return PersonFields(
        name=name,
        birth_date=birth_date,
        iin=iin.value,
        iin_trusted=iin.trusted,
        phone=phone,
        known=bool(name),
    )


def part_by_iin(
    victim: PersonFields, respondent: PersonFields, cells: Cells
) -> tuple[PersonFields, PersonFields]:
    """Two people with one number: it is wrong for one of them, and nobody knows for whom."""
    if victim.iin is None or victim.iin != respondent.iin:
        return victim, respondent
    cells.doubt("victim_iin")
    cells.doubt("respondent_iin")
    return replace(victim, iin=None, iin_trusted=False), replace(respondent, iin=None, iin_trusted=False)


def names_somebody(text: str) -> bool:
    return _TWO_LETTERS.search(text) is not None and not is_unsaid(single_line(text))


def _name(cells: Cells, column: str) -> str:
    text = cells.text(column)
    if is_unsaid(single_line(text)):
        return ""
    if not names_somebody(text):
        cells.doubt(column)
        return ""
    if mixes_scripts(text) or len(text) > _NAME_CHARACTERS_MAX:
        cells.doubt(column)
    return text[:_NAME_CHARACTERS_MAX]


def _birth_date(cells: Cells, column: str, today: date) -> date | None:
    text = cells.said(column)
    if not text:
        return None
    day, exact = read_birth_date(text, today)
    if not exact:
        cells.doubt(column)
    return day


def _iin(cells: Cells, column: str, birth_date: date | None, allow_synthetic: bool) -> IinReading:
    reading = read_iin(cells.said(column), birth_date, allow_synthetic)
    if reading.problem:
        cells.doubt(column)
    return reading


def _phone(cells: Cells, column: str) -> str | None:
    text = cells.said(column)
    phone = read_phone(text) if text else None
    if text and phone is None:
        cells.doubt(column)
    return phone
