"""What does a child of ours do before it becomes another program?"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True)


def born(pid: int) -> str | None:
    """When the process started, in the system's own words; None if there is no such living process."""
    if not sys.platform.startswith("linux"):
        shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True)
        return shown.stdout.strip() or None
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        # A killed process is a zombie while its last threads still hold its port and its files.
        threads = len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return None
    return None if fields[0] in "ZX" and threads < 2 else fields[19]


def die_with(parent: int, number: int) -> None:
    """In a child: get this signal when the thread that started us ends. Only Linux knows this."""
    if sys.platform.startswith("linux"):
        _libc.prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:      # it died before we asked
            os._exit(71)


@dataclass(frozen=True)
class Birth:
    """What a child does between fork and exec."""

    pid_file: int                       # an open file descriptor
    parent: int
    death_signal: int | None = None     # None: outlives its parent
    first: Callable[[], None] | None = None

    def __call__(self) -> None:
        # Written by the child: a parent killed right after the fork would leave a nameless process.
        me = os.getpid()
        kept = {"pid": me, "born": born(me), "background": self.death_signal is None}
        os.write(self.pid_file, json.dumps(kept).encode())
        if self.first:
            self.first()
        # Last, since a change of credentials clears it.
        if self.death_signal:
            die_with(self.parent, self.death_signal)
