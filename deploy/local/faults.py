"""What is told to a person when the local stack cannot do its work?"""

from __future__ import annotations


class Missing(RuntimeError):
    """Something the stack needs is not there; the text is one sentence that names the mend."""


def last_line(log: object) -> str:
    """The last line of a log file, for the sentence that sends a person there; empty if there is none."""
    try:
        with open(str(log), "rb") as file:
            file.seek(max(0, file.seek(0, 2) - 2000))
            lines = file.read().decode("utf-8", "replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1][:300] if lines else ""
