"""How does a short program do its work, and leave nothing half done when we are killed meanwhile?"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from deploy.local.birth import die_with


def errand(
    command: Sequence[str | Path], *, first: Callable[[], None] | None = None,
    options: Mapping[str, object] | None = None, **more
) -> subprocess.CompletedProcess[str]:
    """Run to the end and give what it said. It is killed when we are."""
    parent = os.getpid()

    def birth() -> None:
        if first:
            first()
        die_with(parent, signal.SIGKILL)

    return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, errors="replace", preexec_fn=birth, **(options or {}), **more)   # type: ignore[call-overload]


@contextmanager
def scratch(final: Path) -> Iterator[Path]:
    """A new, empty folder beside `final`; whoever has filled it renames what is in it.

    Each attempt has a name of its own: a program of a killed attempt may write for a moment longer.
    """
    for old in final.parent.glob(f"{final.name}.new-*"):
        shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{final.name}.new-", dir=final.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
