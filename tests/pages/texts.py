"""Which texts do our pages show, and what is each called in Kazakh and Russian? `python -m tests.pages.texts` writes the .po files."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from plumbing.languages import NAMES
from plumbing.words import PLUMBING, plain_english

ROOT = Path(__file__).parents[2]
TRANSLATED = [name for name in NAMES if name != "en"]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "NN_": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {}\\n"\n\n'
Found = tuple[str | tuple[str, str], str, str]  # msgid(s), context, file


def rooms() -> list[Path]:
    """Plumbing and every service: each has its own catalogue."""
    return [PLUMBING, *sorted(path.parent for path in (ROOT / "services").glob("*/__main__.py"))]


def template(room: Path) -> Catalog:
    """Every text of a room, as it stands in the code today; a service's leaves out what is plumbing's."""
    catalogue, shared = Catalog(charset="utf-8", fuzzy=False), set() if room == PLUMBING else _keys(template(PLUMBING))
    for text, context, file in sorted(_texts(room), key=lambda one: (one[2], one[1], str(one[0]))):
        if (_first(text), context) not in shared:
            catalogue.add(text, context=context or None, locations=[(file, 0)])
    return catalogue


def written(room: Path, language: str) -> Catalog:
    path = room / "locale" / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def brought_up_to_date(room: Path, language: str) -> Catalog:
    """What is written already, with new texts empty and old ones gone; nothing is guessed."""
    known = {(_first(message.id), message.context or ""): message.string for message in written(room, language) if message.id}
    fresh = Catalog(locale=language, charset="utf-8", fuzzy=False)
    for message in template(room):
        if message.id:
            string = known.get((_first(message.id), message.context or ""), "")
            fresh.add(message.id, string, locations=message.locations, context=message.context)
    return fresh


def wrong(room: Path, language: str) -> list[str]:
    """Every text that is missing, empty, fuzzy, stale, or has other placeholders, as a sentence."""
    wanted, known = _by_key(template(room)), _by_key(written(room, language))
    where = f"{room.name}/{language}"
    found = [f"{where}: {key} is not in the catalogue" for key in wanted.keys() - known.keys()]
    found += [f"{where}: {key} is shown nowhere any more" for key in known.keys() - wanted.keys()]
    return sorted(found) + [f"{where}: {key} {fault}" for key in wanted.keys() & known.keys() if (fault := _fault(known[key], language))]


def _fault(message: Message, language: str) -> str:
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    if message.fuzzy:
        return "is fuzzy"
    forms = Catalog(locale=language).num_plurals if message.pluralizable else 1
    if len(strings) != forms or not all(strings):
        return "is empty"
    wanted = set(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[1]))
    return "" if all(set(PLACEHOLDER.findall(one)) == wanted for one in strings) else "has other placeholders"


def _texts(room: Path) -> Iterator[Found]:
    for path in sorted(room.rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".html":
            yield from _extracted(path, babel_extract, name)
        elif path.suffix == ".py":
            yield from _extracted(path, "python", name)
        elif path.name.startswith("transitions") and path.suffix == ".toml":
            yield from _of_moves(path, name)
        elif path.name == "words.toml":
            told = tomllib.loads(path.read_text("utf-8"))
            yield from ((english, kind, name) for kind, codes in told.items() for english in codes.values())


def _extracted(path: Path, method: object, name: str) -> Iterator[Found]:
    options = {"silent": "false"} if callable(method) else {}
    for _, text, _, _ in extract(method, BytesIO(path.read_bytes()), KEYWORDS, options=options):
        yield text, "", name


def _of_moves(path: Path, name: str) -> Iterator[Found]:
    words_path = path.parent / "words.toml"
    told = tomllib.loads(words_path.read_text("utf-8")) if words_path.exists() else {}
    for move in tomllib.loads(path.read_text("utf-8")).values():
        if move.get("label"):
            yield move["label"], "", name
        for kind, codes in (("state", (*move["from"], move["to"])), ("code", move.get("codes", ()))):
            yield from ((plain_english(code), kind, name) for code in codes if code not in told.get(kind, {}))


def _first(text: object) -> str:
    return text if isinstance(text, str) else text[0]  # type: ignore[index]


def _by_key(catalogue: Catalog) -> dict[tuple[str, str], Message]:
    return {(_first(message.id), message.context or ""): message for message in catalogue if message.id}


def _keys(catalogue: Catalog) -> set[tuple[str, str]]:
    return set(_by_key(catalogue))


def main() -> int:
    for room in rooms():
        for language in TRANSLATED:
            path = room / "locale" / f"{language}.po"
            path.parent.mkdir(exist_ok=True)
            fresh = brought_up_to_date(room, language)
            with path.open("wb") as file:
                file.write(HEADER.format(language, fresh.plural_forms).encode())
                write_po(file, fresh, width=120, omit_header=True, include_lineno=False)
    faults = [fault for room in rooms() for language in TRANSLATED for fault in wrong(room, language)]
    print("\n".join(faults) or "Every text is there in every language.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
