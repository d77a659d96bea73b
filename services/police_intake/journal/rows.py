"""What is one row of a journal, under which header?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Header:
    """`columns` gives every written name its canonical one: the known column, or the folded heading."""

    names: tuple[str, ...]
    columns: dict[str, str]
    width_max: int  # more than the names: spreadsheets leave nameless columns at the end
    titles: frozenset[str]

    @property
    def station(self) -> str:
        return next(name for name, column in self.columns.items() if column == "station")


@dataclass(frozen=True, repr=False, slots=True)
class JournalRow:
    record: int  # 1 is the first row after the header
    cells: dict[str, str]  # by the header's own written names
    extra: tuple[str, ...]  # cells beyond the header; blank ones under its nameless end are none
    line: int  # where the row begins in the file, from 1
    width: int
    header: Header
