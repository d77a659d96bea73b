"""Which lives do measures have, and by when must what be done? Data of the tables here and of rules/, read at the start."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plumbing.rule_files import load_rules
from services.police_intake.measures.lives import POLICE, Act, Life, MeasureLaw
from services.police_intake.measures.papers import read_papers
from services.police_intake.measures.questions import QUESTIONS

if TYPE_CHECKING:
    from services.police_intake.consent.contract import Law

FOLDER, TABLE = Path(__file__).parent, "transitions_of_"
SAID = {"from", "to", "label", "codes", "needs", "asks", "office", "begins", "late", "only_one", "tells", "against", "alone",
        "court", "if_court", "supersedes", "bound"}


def read_law(folder: Path = FOLDER) -> MeasureLaw:
    """Every table of every life, in the order of their names, the terms, and the papers."""
    paths = sorted(folder.glob(f"{TABLE}*.toml"))
    texts = {path.stem.removeprefix(TABLE): path.read_text("utf-8") for path in paths}
    lives = {kind: Life(kind, _acts(kind, text)) for kind, text in texts.items()}
    terms = load_rules(folder / "rules", QUESTIONS)
    digest = sha256("".join((*texts.values(), terms.digest)).encode()).hexdigest()[:16]
    law = MeasureLaw(lives, terms, digest)
    return replace(law, papers=read_papers(law))


def with_measures(law: Law) -> Law:
    """The law of this service with that of measures beside it, and the hash of both."""
    measures = read_law()
    return replace(law, measures=measures, digest=sha256(f"{law.digest}{measures.digest}".encode()).hexdigest()[:16])


def _acts(kind: str, text: str) -> dict[str, Act]:
    return {name: _act(kind, name, told) for name, told in tomllib.loads(text).items()}


def _act(kind: str, name: str, told: dict[str, Any]) -> Act:
    strange = set(told) - SAID
    if strange:
        raise ValueError(f"{TABLE}{kind}.toml: [{name}] says {min(strange)}, which nothing reads")
    return Act(
        name, kind, tuple(told["from"]), told["to"], told.get("label", ""), tuple(told.get("codes", ())),
        tuple(told.get("needs", ())), told.get("office", POLICE), told.get("begins", ""),
        told.get("late", False), told.get("only_one", False),
        told.get("tells", ""), tuple(told.get("against", ())), tuple(told.get("asks", ())), told.get("alone", False),
        told.get("court"), told.get("if_court", False), told.get("supersedes", ""), told.get("bound", False),
    )
