"""What does a code say in plain English? `held` says "held", unless words.toml says more."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

Words = dict[tuple[str, str], str]
PLUMBING = Path(__file__).parent


def read_words(service_folder: Path) -> Words:
    """(what it is, code) → English of all codes a service's pages show: its moves' states and codes, its words.toml, ours."""
    words: Words = {}
    for folder in (PLUMBING, service_folder):
        words.update(_of_moves(folder))
        words.update(_written(folder / "words.toml"))
    return words


def plain_english(code: str) -> str:
    return code.replace("_", " ").replace("-", " ")


def _of_moves(folder: Path) -> Iterator[tuple[tuple[str, str], str]]:
    for path in sorted(folder.glob("**/transitions*.toml")):
        for move in tomllib.loads(path.read_text("utf-8")).values():
            for state in (*move["from"], move["to"]):
                yield ("state", state), plain_english(state)
            for code in move.get("codes", ()):
                yield ("code", code), plain_english(code)


def _written(path: Path) -> Words:
    told = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    return {(kind, code): english for kind, codes in told.items() for code, english in codes.items()}
