"""What does one row say about one report, column by column?"""

import re
from datetime import datetime
from typing import Any

from services.police_intake.journal.cells import Cells
from services.police_intake.journal.coded import (
    read_children,
    read_coded,
    read_complaint,
    read_safe_contact,
    read_violence,
    read_weapon,
)
from services.police_intake.journal.moments import KAZAKHSTAN, Written, read_moment
from services.police_intake.journal.persons import part_by_iin, read_person
from services.police_intake.report import (
    NARRATIVE_CHARACTERS_MAX,
    Channel,
    Consent,
    Injury,
    Intoxication,
    Relation,
    Reporter,
    ReportFields,
)
from services.police_intake.territory import region_of_station, region_of_territory

_KUI_CHARACTERS_MAX = 32  # an opaque string (docs/facts.md §2)
# What a spreadsheet makes of a number: «3,86E+03» has lost its digits, «3862,0» has not.
_ROUNDED = re.compile(r"[0-9]+(?:[.,][0-9]+)?[EeЕе]\+?[0-9]+")
_DECIMAL = re.compile(r"([0-9]+)[.,]0+")


def read_fields(cells: Cells, now: datetime, allow_synthetic: bool) -> ReportFields:
    """Every column that can be read; the others unknown, and doubted in `cells`."""
    today = now.astimezone(KAZAKHSTAN).date()
    victim = read_person(cells, "victim", today, allow_synthetic)
    respondent = read_person(cells, "respondent", today, allow_synthetic)
    victim, respondent = part_by_iin(victim, respondent, cells)
    recorded = _recorded(cells)
    territory = _territory(cells)
    station = cells.line("station")
    return ReportFields(
        kui_number=_kui_number(cells),
        recorded_at=recorded.moment,
        occurred_at=_occurred_at(cells, recorded, now),
        station=station,
        territory=territory,
        region=(territory and region_of_territory(territory)) or region_of_station(station),
        victim=victim,
        respondent=respondent,
        address=cells.text("address"),
        narrative=_narrative(cells),
        outcome=cells.text("outcome"),
        officer=cells.text("officer"),
        **_circumstances(cells),
    )


def _circumstances(cells: Cells) -> dict[str, Any]:
    weapon, weapon_seen = read_weapon(cells)
    return {
        "channel": read_coded(cells, "channel", Channel.UNKNOWN),
        "reporter": read_coded(cells, "reporter", Reporter.UNKNOWN),
        "relation": read_coded(cells, "relation", Relation.UNKNOWN),
        "intoxication": read_coded(cells, "intoxication", Intoxication.UNKNOWN),
        "violence": read_violence(cells),
        "injury": read_coded(cells, "injury", Injury.UNDETERMINED),
        "weapon": weapon,
        "weapon_seen": weapon_seen,
        "children": read_children(cells),
        "complaint": read_complaint(cells),
        "consent": read_coded(cells, "consent", Consent.UNKNOWN),
        "safe_contact": read_safe_contact(cells),
    }


def _kui_number(cells: Cells) -> str | None:
    text = cells.said("kui_number")
    if not text or _ROUNDED.fullmatch(text) or len(text) > _KUI_CHARACTERS_MAX:
        return None
    whole = _DECIMAL.fullmatch(text)
    if whole:
        cells.doubt("kui_number")
    return whole[1] if whole else text


def _recorded(cells: Cells) -> Written:
    written = read_moment(cells.said("recorded_at"))
    if written.moment and not written.exact:
        cells.doubt("recorded_at")
    return written


def _occurred_at(cells: Cells, recorded: Written, now: datetime) -> datetime | None:
    """Unknown when it cannot be: later than its own report, or than now."""
    text = cells.said("occurred_at")
    if not text:
        return None
    written = read_moment(text)
    # A report that is itself in the future is held, and is no measure for the event.
    latest = min(now, recorded.latest or now)
    possible = written.moment is not None and written.moment <= latest
    if not possible or not written.exact:
        cells.doubt("occurred_at")
    return written.moment if possible else None


def _territory(cells: Cells) -> str | None:
    text = cells.said("territory").replace(" ", "")
    if not text:
        return None
    if region_of_territory(text) is None:
        cells.doubt("territory")
        return None
    return text


def _narrative(cells: Cells) -> str:
    text = cells.text("narrative")
    if len(text) > NARRATIVE_CHARACTERS_MAX:
        cells.doubt("narrative")
    return text[:NARRATIVE_CHARACTERS_MAX]
