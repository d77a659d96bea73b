"""In which language does somebody read, and what is a text called in it? Catalogues are read from .po files at start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from plumbing.texts import taken_apart
from plumbing.words import PLUMBING, Words, read_words

NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}  # each language in its own words


@dataclass(frozen=True)
class Speech:
    """One language of one service: its catalogue, then plumbing's, then the English that is written in the code."""

    language: str
    translations: NullTranslations
    words: Words

    @property
    def locale(self) -> Locale:
        return Locale.parse(self.language)

    def say(self, text: str, **values: object) -> str:
        """A text of ours in this language; values are put in only where some are given, so data with % is safe."""
        if "\t" in text:
            text, kept = taken_apart(text)
            values = {**{name: self._named(value) for name, value in kept.items()}, **values}
        said: str = self.translations.ugettext(text) if text else ""
        return said % values if values else said

    def _named(self, value: str) -> str:
        kind, slash, code = value.partition("/")
        return self.word(code, kind) if slash and (kind, code) in self.words else value

    def plural(self, one: str, many: str, num: int) -> str:
        return str(self.translations.ungettext(one, many, num)) % {"num": num}

    def word(self, code: str, kind: str) -> str:
        """What a code of this kind (state, code, region …) is called; one without a word is shown as written."""
        english = self.words.get((kind, code))
        return str(self.translations.upgettext(kind, english)) if english else code.replace("_", " ")


@cache
def speeches(service_folder: Path) -> Mapping[str, Speech]:
    """Every language of a service, English last; read once a process, since a catalogue takes long to read."""
    words = read_words(service_folder)
    return {name: Speech(name, _translations(name, service_folder), words) for name in NAMES}


def choose(cookie: str, accepted: str, default: str) -> str:
    """The language somebody chose here, else one the browser asks for, else the setting's."""
    for name in (cookie, *_by_preference(accepted), default):
        if name in NAMES:
            return name
    return "kk"


def _by_preference(accepted: str) -> Iterable[str]:
    """`ru-KZ,ru;q=0.9,en;q=0.8` → ru, ru, en; what cannot be read is passed over."""
    weighed = []
    for part in accepted.split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), name.split("-")[0].lower()))
        except ValueError:
            continue
    return [name for _, name in sorted(weighed, key=lambda one: one[0])]


def _translations(name: str, service_folder: Path) -> NullTranslations:
    found = [read for folder in (service_folder, PLUMBING) if (read := _catalogue(folder, name))]
    if not found:
        return NullTranslations()
    for first, second in pairwise(found):
        first.add_fallback(second)
    return found[0]


def _catalogue(folder: Path, name: str) -> Translations | None:
    path = folder / "locale" / f"{name}.po"
    if not path.exists():
        return None
    with path.open("rb") as file, BytesIO() as compiled:
        write_mo(compiled, read_po(file, locale=name))
        compiled.seek(0)
        return Translations(compiled)

