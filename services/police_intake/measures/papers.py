"""Which papers are printed of a measure as it stands, for whom, and what stands on each? Data, read at the start."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.police_intake.measures.lives import Measure, MeasureLaw

TABLE = Path(__file__).with_name("papers.toml")
POLICE = "police"
READERS = ("respondent", "court", POLICE)
# The number of a report never leaves police; what they saw of a family is theirs to report, and no paper's that others keep.
POLICE_ONLY = frozenset({"kui_number", "intoxication", "violence", "children"})
TOLD = {"goes_to", "verified_by", "of", "fields", "rules"}


@dataclass(frozen=True, repr=False)
class Paper:
    """One paper. of: kind of measure → its states; rules: field → the rule that it is written from."""

    id: str
    goes_to: str
    verified_by: str
    of: Mapping[str, tuple[str, ...]]
    fields: tuple[str, ...]
    rules: Mapping[str, str]

    def belongs_to(self, measure: Measure) -> bool:
        return measure.state in self.of.get(measure.kind, ())


def read_papers(law: MeasureLaw, text: str = "") -> tuple[Paper, ...]:
    """Every paper, in the order they are printed; raises ValueError for what no measure and no law has."""
    told = tomllib.loads(text or TABLE.read_text("utf-8"))
    papers = tuple(_paper(name, one) for name, one in told.items())
    for paper in papers:
        if fault := next(_faults(paper, law), ""):
            raise ValueError(f"{TABLE.name}: [{paper.id}] {fault}")
    return papers


def writable(papers: Sequence[Paper], fields: Collection[str]) -> Sequence[Paper]:
    """These papers, if each of their fields can be written; raises ValueError."""
    for paper in papers:
        if strange := [name for name in paper.fields if name not in fields]:
            raise ValueError(f"{TABLE.name}: [{paper.id}] {strange[0]} is nothing that can be written")
    return papers


def _paper(name: str, told: Mapping[str, Any]) -> Paper:
    if wrong := (set(told) | {"rules"}) ^ TOLD:
        raise ValueError(f"{TABLE.name}: [{name}] {min(wrong)} is missing, or nothing reads it")
    of = {kind: tuple(states) for kind, states in told["of"].items()}
    return Paper(name, told["goes_to"], told["verified_by"], of, tuple(told["fields"]), told.get("rules", {}))


def _faults(paper: Paper, law: MeasureLaw) -> Iterator[str]:
    if paper.goes_to not in READERS:
        yield f"goes to {paper.goes_to}, and nobody is called so"
    for kind, states in paper.of.items():
        known = law.lives[kind].states if kind in law.lives else ()
        yield from (f"is of {kind} {state}, which no table knows" for state in states if state not in known)
    if paper.goes_to != POLICE:
        yield from (f"{name} is for police alone" for name in paper.fields if name in POLICE_ONLY)
    rules = {rule.id for rule in law.terms.rules}
    yield from (f"{name} rests on {rule}, which is no rule" for name, rule in paper.rules.items() if rule not in rules)
    yield from (f"{name} rests on a rule and stands nowhere" for name in paper.rules if name not in paper.fields)
