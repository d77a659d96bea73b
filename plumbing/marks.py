"""Where may a failure test end or freeze this process? Off unless QORGAN_MARK says `<mark>=<kill|stop>@<nth>`."""

from __future__ import annotations

import os
import signal
from collections import Counter

_passed: Counter[str] = Counter()
_SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}


def mark(name: str) -> None:
    """Pass a marked point: next to free in production, where the variable is not set."""
    asked, _, rest = os.environ.get("QORGAN_MARK", "").partition("=")
    if name != asked:
        return
    act, _, nth = rest.partition("@")
    _passed[name] += 1
    if _passed[name] == int(nth or 1):
        os.kill(os.getpid(), _SIGNALS[act])
