"""Which acts are known, and does a citation name one of them and a place in it?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CERTAINTIES = ("text read", "published source", "unsourced", "proposal")
LANGUAGES = ("en", "ru", "kk")
NAMES = {"act", "article", "certainty", "also", "verified_by"}
_NUMBER = r"\d+(-\d+)?(\(\d+\))?"
ARTICLE = re.compile(rf"(about )?(art\. {_NUMBER}|arts {_NUMBER}((, | and | to ){_NUMBER})+)")


class Unparsable(ValueError):
    """A citation that names no known act, no place in it, or not how sure it is."""


@dataclass(frozen=True)
class Act:
    """An act of law, or another text that is cited: its name in each language, and what a place in it looks like."""

    names: Mapping[str, str]
    places: re.Pattern[str]


@dataclass(frozen=True)
class Citation:
    """Where a rule comes from, and how sure that is; nothing is invented to fill a gap of the law."""

    act: str
    article: str
    certainty: str
    verified_by: str
    words: Mapping[str, str]

    def __str__(self) -> str:
        return self.words["en"]


def acts_of(told: Mapping[str, Any]) -> dict[str, Act]:
    """short name → act, from `acts.toml`; an act without a pattern of its own has articles."""
    acts = {}
    for name, entry in told.items():
        if missing := [language for language in LANGUAGES if language not in entry]:
            raise Unparsable(f"the act {name} has no name in {', '.join(missing)}")
        places = re.compile(entry["places"]) if "places" in entry else ARTICLE
        acts[name] = Act({language: entry[language] for language in LANGUAGES}, places)
    return acts


def citation_of(told: Any, acts: Mapping[str, Act]) -> Citation:
    """The citation as written in a rule; raises Unparsable with the reason."""
    if not isinstance(told, dict) or not set(told) <= NAMES:
        raise Unparsable(f"a citation holds {', '.join(sorted(NAMES))}, and nothing else")
    if missing := {"act", "certainty"} - set(told):
        raise Unparsable(f"the citation has no {' and no '.join(sorted(missing))}")
    if told["certainty"] not in CERTAINTIES:
        raise Unparsable(f"certainty is one of {', '.join(CERTAINTIES)}")
    if unknown := [name for name in (told["act"], *told.get("also", ())) if name not in acts]:
        raise Unparsable(f"the citation names {unknown[0]!r}, which is not in acts.toml")
    article = told.get("article", "")
    if article and not acts[told["act"]].places.fullmatch(article):
        raise Unparsable(f"{article!r} is no place in {told['act']}")
    return Citation(told["act"], article, told["certainty"], told.get("verified_by", ""), _words(told, article, acts))


def _words(told: Mapping[str, Any], article: str, acts: Mapping[str, Act]) -> dict[str, str]:
    place = f", {article}" if article else ""
    beside = [acts[name] for name in told.get("also", ())]
    return {
        language: "; ".join([acts[told["act"]].names[language] + place, *(act.names[language] for act in beside)])
        for language in LANGUAGES
    }
