"""Which notices and grounds are there, and was none edited that is in use? Data of ../notices/."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from services.police_intake.consent.contract import Ground, Law, Notice

FOLDER = Path(__file__).parents[1] / "notices"
LOCK, GROUNDS = "in_force.lock.toml", "grounds.toml"
LANGUAGES = ("kk", "ru", "en")


class UnusableNotice(ValueError):
    """A notice that must not be used; the text names file, reason and mend."""


def load(folder: Path = FOLDER) -> Law:
    """All notices of a folder; raises UnusableNotice for one that was edited, lacks a language, or overlaps."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))}
    locked = tomllib.loads(texts.pop(LOCK))
    grounds = {code: Ground(code, **_tuples(told)) for code, told in tomllib.loads(texts.pop(GROUNDS)).items()}
    notices = [_notice(name, text, locked["digests"]) for name, text in texts.items()]
    lost = set(locked["digests"]) - {one.name for one in notices}
    if lost:
        raise UnusableNotice(f"{LOCK}: notice {min(lost)} is gone: people agreed under it, bring it back")
    _one_a_day(notices)
    digest = sha256("".join(texts.values()).encode()).hexdigest()[:16]
    return Law(tuple(notices), grounds, digest)


def _one_a_day(notices: list[Notice]) -> None:
    """Whoever is asked on a day is given one notice."""
    ordered = sorted(notices, key=lambda one: one.in_force_from)
    for one, following in pairwise(ordered):
        if one.in_force_until is None or one.in_force_until >= following.in_force_from:
            before = following.in_force_from - timedelta(days=1)
            raise UnusableNotice(f"{one.name} and {following.name} overlap: write in_force_until = {before} into {one.name}")


def digest_of(text: str) -> str:
    """Of all a notice says; its end alone may be written in later on."""
    told = {name: value for name, value in tomllib.loads(text).items() if name != "in_force_until"}
    return sha256(repr(sorted(told.items())).encode()).hexdigest()[:16]


def _notice(file: str, text: str, locked: dict[str, str]) -> Notice:
    told = tomllib.loads(text)
    notice = Notice(**{"in_force_until": None, **_tuples(told)})
    missing = [one for one in LANGUAGES if not notice.text.get(one, "").strip()]
    if missing:
        raise UnusableNotice(f"{file}: the text in {missing[0]} is missing: write it under [text]")
    if notice.name not in locked:
        raise UnusableNotice(f'{file}: lock it: write "{notice.name}" = "{digest_of(text)}" into {LOCK}')
    if locked[notice.name] != digest_of(text):
        raise UnusableNotice(f"{file}: notice {notice.name} was edited: bring it back, and write a new version beside it")
    return notice


def _tuples(told: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}


LAW = load()
