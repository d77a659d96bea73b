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


# How a place in an act is written: one article, several, and what stands between and before them.
_WRITTEN = {
    "en": ("art. {}", "arts {}", "about {}", {}),
    "ru": ("ст. {}", "ст. {}", "примерно {}", {" and ": " и ", " to ": "–"}),
    "kk": ("{}-бап", "{}-баптар", "шамамен {}", {" and ": " және ", " to ": "–"}),
}


class Unparsable(ValueError):
    """A citation that names no known act, no place in it, or not how sure it is."""


@dataclass(frozen=True)
class Act:
    """An act of law, or another text that is cited: its name in each language; its places, if they are no articles."""

    names: Mapping[str, str]
    places: Mapping[str, Mapping[str, str]]

    def has(self, place: str) -> bool:
        return place in self.places if self.places else bool(ARTICLE.fullmatch(place))

    def in_words(self, place: str, language: str) -> str:
        if not place:
            return self.names[language]
        told = self.places[place][language] if self.places else _article(place, language)
        return f"{self.names[language]}, {told}"


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
    """short name → act, from `acts.toml`; an act that names no places of its own has articles."""
    acts = {}
    for name, entry in told.items():
        for what, words in ((name, entry), *entry.get("places", {}).items()):
            if missing := [language for language in LANGUAGES if language not in words]:
                raise Unparsable(f"{what} has no name in {', '.join(missing)}")
        acts[name] = Act({language: entry[language] for language in LANGUAGES}, entry.get("places", {}))
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
    if article and not acts[told["act"]].has(article):
        raise Unparsable(f"{article!r} is no place in {told['act']}")
    return Citation(told["act"], article, told["certainty"], told.get("verified_by", ""), _words(told, article, acts))


def _words(told: Mapping[str, Any], article: str, acts: Mapping[str, Act]) -> dict[str, str]:
    cited = [(told["act"], article), *((name, "") for name in told.get("also", ()))]
    return {language: "; ".join(acts[name].in_words(place, language) for name, place in cited) for language in LANGUAGES}


def _article(place: str, language: str) -> str:
    one, several, nearly, between = _WRITTEN[language]
    about, numbers = place.startswith("about "), re.sub("^(about )?(art. |arts )", "", place)
    for english, word in between.items():
        numbers = numbers.replace(english, word)
    written = (several if "arts " in place else one).format(numbers)
    return nearly.format(written) if about else written
