"""What did each rule say that has come into force? `make lock` writes it beside the rules, and never over what stands there."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from plumbing.rule_files import ACTS, NOT_RULES
from plumbing.rule_order import LOCK, UnusableRule, digest_of

HEAD = """\
# The rules that were in force on the day `as_of`, and what each says: never changed or taken away; only `in_force_until` may be
# written into a rule later on, and is not counted here. `make lock` adds what has come into force since, and moves `as_of`.
"""


def packs_in(folder: Path) -> list[Path]:
    """Every folder of rules in or below this one: where there are acts to cite."""
    return sorted(path.parent for path in folder.glob(f"**/{ACTS}"))


def texts_of(folder: Path) -> dict[str, str]:
    """The rules in force or to come, and their lock; what is proposed lies in folders below and is locked by nobody."""
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))}


def locked(texts: Mapping[str, str], day: date) -> str:
    """The lock with what has come into force by this day; raises UnusableRule where a rule says otherwise than it did."""
    before = tomllib.loads(texts.get(LOCK, ""))
    known, as_of = before.get("digests", {}), max(day, before.get("as_of", day))
    found = {name: digest for name, (digest, first) in _digests(texts).items() if name in known or first <= as_of}
    changed = [name for name, digest in known.items() if found.get(name) != digest]
    if changed:
        raise UnusableRule(f"{LOCK}: {min(changed)} is in force and was edited or taken away: nothing is locked over it")
    if len(found) == len(known):
        return texts.get(LOCK, "")
    lines = [f'"{name}" = "{digest}"\n' for name, digest in {**known, **found}.items()]
    return f"{HEAD}as_of = {as_of}\n\n[digests]\n{''.join(lines)}"


def _digests(texts: Mapping[str, str]) -> dict[str, tuple[str, date]]:
    rules = [rule for name in sorted(texts) if name not in NOT_RULES for rule in tomllib.loads(texts[name]).get("rule", ())]
    return {f"{rule['id']}@{rule['in_force_from']}": (digest_of(rule), rule["in_force_from"]) for rule in rules}


def main(arguments: Sequence[str]) -> int:
    failed = 0
    for folder in packs_in(Path(arguments[0])):
        texts = texts_of(folder)
        try:
            lock = locked(texts, date.today())
        except UnusableRule as error:
            failed, told = 1, str(error)
        else:
            told = "nothing new" if lock == texts.get(LOCK, "") else "locked"
            if told == "locked":
                (folder / LOCK).write_text(lock, "utf-8")
        sys.stderr.write(f"{folder.as_posix()}: {told}\n")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
