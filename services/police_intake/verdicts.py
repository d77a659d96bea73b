"""How are an import's verdicts told: line by line in a file, and in one line for who waits?"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path
from typing import Any


def write_whole(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    """All of them or none: who reads the file never sees half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(path.name + ".new")
    scratch.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    os.replace(scratch, path)


def count(lines: Sequence[dict[str, Any]]) -> dict[str, int]:
    counts = {"records": len(lines)}
    for line in lines:
        counts[line["verdict"]] = counts.get(line["verdict"], 0) + 1
    return counts


def called(path: Path) -> str:
    """What a journal is called where others may read it: a file's own name may be somebody's."""
    with path.open("rb") as file:  # not at once: it may be larger than anything we take
        return file_digest(file, "sha256").hexdigest()[:16]


def summary(path: Path, counts: dict[str, int]) -> str:
    parts = ", ".join(f"{number} {verdict}" for verdict, number in counts.items() if verdict != "records")
    return f"{called(path)}: {counts['records']} records: {parts}"
