"""What is on the picture of the country, once every small number is hidden? Pure: one set of figures, then tables of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from plumbing.regions import REGIONS, TOLD_APART
from services.situation_monitor import outcomes
from services.situation_monitor.books import BY_REGION, ELSEWHERE, EVERYWHERE, KINDS, VERDICTS, Books, country_sums
from services.situation_monitor.suppression import SMALL, Shown, Sum, suppress
from services.situation_monitor.tables import Content, Label, Table

DAYS = 28
COUNTRY = "KZ"
OWN_NEEDS = ("shelter", "notice", "detox", "examination")  # lives that the router's needs count already


@dataclass(frozen=True)
class Counted:
    """What was read from the rows: lines of moves, reports of each day, places, surges; and which day it is."""

    lines: Sequence[Any]
    days: Mapping[date, int]
    places: Sequence[tuple[str, str, str, int, int]]
    surges: Sequence[Any]
    today: date


@dataclass(frozen=True)
class Picture:
    shown: Shown
    tables: tuple[Table, ...]
    exact: bool

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)


def paint(counted: Counted) -> Picture:
    """Everything that is shown anywhere is hidden or not in one go, so that no table gives away another's numbers."""
    books = Books(counted.lines)
    values, sums = figures(books, counted)
    shown = suppress(values, sums)
    regions = {region: books.of(region).exact() for region in EVERYWHERE}
    tables = (
        _regions(shown, regions), _funnel(shown), _reconciliation(shown, books), _days(shown, counted.today),
        _by_code(shown), _lives(shown, books), outcomes.table(shown, books), _waiting(books), _places(counted),
        _surges(counted),
    )
    return Picture(shown, tables, books.exact())


def figures(books: Books, counted: Counted) -> tuple[dict[str, int], list[Sum]]:
    """All figures by name, and every sum that a reader of the page could do with them."""
    values, sums = {**books.figures(), **books.records()}, list(country_sums())
    sums += [Sum("reports", ("accepted", "by_form")), Sum("records", ("accepted", "correction", *VERDICTS))]
    parts = {region: books.of(region).figures() for region in EVERYWHERE}
    for figure in BY_REGION:
        names = {f"{region}/{figure}": parts[region][figure] for region in EVERYWHERE}
        values |= names
        sums.append(Sum(figure, tuple(names)))
    days = {f"day/{day}": counted.days.get(day, 0) for day in series(counted.today)}
    days["day/earlier"] = values["reports"] - sum(days.values())
    ended = {f"code/{code}": number for code, number in books.ended().items()}
    lives = {f"life/{kind}/{state}": number for kind, states in _own(books).items() for state, number in states.items()}
    measures, of_measures = outcomes.figures(books)
    values |= {**days, **ended, **lives, **measures}
    return values, [*sums, *of_measures, Sum("reports", tuple(days))]


def series(today: date) -> list[date]:
    return [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]


def _regions(shown: Shown, exact: Mapping[str, bool]) -> Table:
    rows: list[tuple[Content, ...]] = [
        (_row_of(region), *(_cell(shown, region, figure) for figure in BY_REGION), _agree(exact[region]))
        for region in EVERYWHERE
    ]
    whole = (Label("region", COUNTRY), *(shown[figure] for figure in BY_REGION), _agree(all(exact.values())))
    return Table("regions", ("region", *BY_REGION, "books"), (*rows, whole))


FUNNEL = ("called_for", "not_called_for", "withdrawn", "asked", "with_person", "answered", "closed_otherwise", "arrived")


def _row_of(region: str) -> Label:
    return Label("places_in" if region == ELSEWHERE else "region", region)


def _cell(shown: Shown, region: str, figure: str) -> Content:
    """Crisis centres are counted by region where three stand, else in one row together; nothing else stands there."""
    together = figure.startswith("shelter.") and region in REGIONS and region not in TOLD_APART
    apart = not figure.startswith("shelter.") and region == ELSEWHERE
    return "–" if together or apart else shown[f"{region}/{figure}"]


def _funnel(shown: Shown) -> Table:
    """From report to arrival, kind by kind; each way to drop out on the way has a line and a name."""
    rows: list[tuple[Content, ...]] = [(Label("figure", "all"), Label("step", name), shown[name])
                                       for name in ("reports", "under_way", "assessed")]
    rows += [(Label("kind", kind), Label("step", name), shown[f"{kind}.{name}"]) for kind in KINDS for name in FUNNEL]
    return Table("funnel", ("kind", "step", "number"), tuple(rows))


def _reconciliation(shown: Shown, books: Books) -> Table:
    figures, records = books.figures(), books.records()
    verdicts = sum(records[name] for name in ("accepted", "correction", *VERDICTS))
    rows: list[tuple[Content, ...]] = [
        (Label("balance", "records"), shown["records"], None if shown["records"] is None else verdicts,
         _agree(records["records"] == verdicts)),
        (Label("balance", "reports"), shown["reports"], shown["assessed"], _agree(figures["under_way"] == 0)),
    ]
    for kind in KINDS:
        told, called = figures[f"{kind}.opened"] - figures[f"{kind}.withdrawn"], figures[f"{kind}.called_for"]
        here = shown[f"{kind}.called_for"]
        rows.append((Label("kind", kind), here, here, _agree(told == called)))
    return Table("reconciliation", ("balance", "said", "answered_for", "books"), tuple(rows))


def _days(shown: Shown, today: date) -> Table:
    return Table("days", ("day", "reports"), tuple((day, shown[f"day/{day}"]) for day in series(today)))


def _by_code(shown: Shown) -> Table:
    codes = sorted(name for name in shown if name.startswith("code/"))
    return Table("ended", ("code", "number"), tuple((Label("code", name[5:]), shown[name]) for name in codes))


def _lives(shown: Shown, books: Books) -> Table:
    rows = [(Label("kind", kind), Label("state", state), shown[f"life/{kind}/{state}"])
            for kind, states in _own(books).items() for state in states]
    return Table("lives", ("kind", "state", "number"), tuple(rows))


def _waiting(books: Books) -> Table:
    """Mean hours from the opening of a need to its first good answer; of fewer than five nothing is said."""
    rows: list[tuple[Content, ...]] = []
    for kind in KINDS:
        for state in ("answered", "arrived", "closed"):
            number, hours = books.hours_until(kind, state)
            if number:
                rows.append((Label("kind", kind), Label("state", state), round(hours / number, 1) if number >= SMALL else None))
    return Table("waiting", ("kind", "state", "hours"), tuple(rows))


def _places(counted: Counted) -> Table:
    """Free of all; hidden where fewer than five are taken, for those are people."""
    rows = []
    for owner, region, place, places, free in counted.places:
        shown = suppress({"all": places, "free": free, "taken": places - free}, [Sum("all", ("free", "taken"))])
        where = Label("places_in" if region == COUNTRY else "region", region)
        rows.append((Label("owner", owner), where, Label("place", place), shown["all"], shown["free"]))
    return Table("places", ("owner", "region", "place", "places", "free"), tuple(rows))


def _surges(counted: Counted) -> Table:
    """A rule never asks for fewer than five reports, so a surge's number may be shown."""
    told = [one for one in counted.surges if one.reports >= SMALL]
    rows = [(one.hour, Label("region", one.region), one.territory, one.reports) for one in told]
    return Table("surges", ("hour", "region", "territory", "reports"), tuple(rows))


def _own(books: Books) -> dict[str, dict[str, int]]:
    """Lives that go on where needs end: entries in the register, cases at court."""
    found: dict[str, dict[str, int]] = {}
    for owner in ("social_registry", "health_narcology"):
        found |= {kind: states for kind, states in books.lives(owner).items() if kind not in OWN_NEEDS}
    return found


def _agree(true: bool) -> Label:
    return Label("books", "agree" if true else "differ")

