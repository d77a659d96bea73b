"""How does a state table look as a diagram, and where in a README does it stand? The same for every service."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

FROM, TO = "<!-- lives: made from the tables -->\n", "<!-- end of lives -->"
START, NOTHING, UNCHANGED = "[*]", "nothing", "unchanged"


class Act(Protocol):
    """One line of a state table, whichever service reads it."""

    @property
    def name(self) -> str: ...
    @property
    def from_states(self) -> tuple[str, ...]: ...
    @property
    def to(self) -> str: ...


def section(drawn: Mapping[str, str], more: str = "") -> str:
    """Every life's diagram under its name, between the two marks of a README."""
    lives = "\n".join(f"**{kind}**\n\n{diagram}" for kind, diagram in drawn.items())
    return f"{FROM}\n{lives}\n{more}{TO}"


def diagram(acts: Sequence[Act], starts: Iterable[str], ends: Iterable[str]) -> str:
    """Acts between the same two states are one arrow; with its report every measure goes to withdrawn, which is not drawn."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for act in acts:
        for state in act.from_states if (act.name, act.to) != ("report_withdrawn", "withdrawn") else ():
            arrows[START if state == NOTHING else state, state if act.to == UNCHANGED else act.to].append(act.name + _more(act))
    lines = [f"    {one} --> {other}: {', '.join(names)}" for (one, other), names in arrows.items()]
    begun = [f"    {START} --> {state}" for state in starts]
    ended = [f"    {state} --> {START}" for state in ends if any(state in arrow for arrow in arrows)]
    return "\n".join(["```mermaid", "stateDiagram-v2", *begun, *lines, *ended, "```", ""])


def write(readme: Path, made: str) -> None:
    text = readme.read_text("utf-8")
    if FROM not in text or TO not in text:
        raise SystemExit(f"{readme}: write {FROM.strip()} and {TO} where the diagrams belong")
    readme.write_text(re.sub(f"{FROM}.*?{TO}", lambda _: made, text, flags=re.DOTALL), "utf-8")


def _more(act: Act) -> str:
    """Other lives that an act of police begins or ends; acts of other services say nothing of the kind."""
    told = (("begins", getattr(act, "begins", "")), ("ends", getattr(act, "supersedes", "")))
    return "".join(f" ({word} {life.split()[0]})" for word, life in told if life)
