"""What did the doctor find, and how is it told to a tired person and to a machine?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

GREEN, RED, PLAIN = "\033[32m", "\033[31m", "\033[0m"


@dataclass(frozen=True)
class Finding:
    """One thing looked at. Red ones say why, and which command or act mends it."""

    check: str
    subject: str
    sees: str
    cause: str = ""
    mend: str = ""

    @property
    def is_healthy(self) -> bool:
        return not self.mend


def as_text(findings: Sequence[Finding], colours: bool) -> str:
    """Well ones together in few lines; red ones last, where the eye is when the command ends."""
    well: dict[tuple[str, str], list[str]] = {}
    for one in findings:
        if one.is_healthy:
            well.setdefault((one.check, one.sees), []).append(one.subject)
    ordered = [Finding(check, ", ".join(subjects), sees) for (check, sees), subjects in well.items()]
    ordered += [one for one in findings if not one.is_healthy]
    red = sum(not one.is_healthy for one in findings)
    last = "Everything is well." if not red else f"{red} of {len(findings)} are not well. Begin with the first red line."
    return "\n".join([*(_lines(one, colours) for one in ordered), "", last])


def as_json(findings: Sequence[Finding]) -> str:
    told = [{"healthy": one.is_healthy, **asdict(one)} for one in findings]
    return json.dumps({"healthy": all(one.is_healthy for one in findings), "findings": told}, ensure_ascii=False)


def _lines(one: Finding, colours: bool) -> str:
    word, colour = ("well", GREEN) if one.is_healthy else ("RED ", RED)
    head = f"{colour}{word}{PLAIN}" if colours else word
    lines = [f"{head}  {one.check:<9} {one.subject}: {one.sees}"]
    if not one.is_healthy:
        lines += [f"        why:  {one.cause}", f"        mend: {one.mend}"]
    return "\n".join(lines)
