"""Where may a failure test end or freeze this process? Off unless QORGAN_MARK says `<mark>=<kill|stop>@<nth>`."""

from __future__ import annotations

import os
import signal
from collections import Counter

_asked, _, _rest = os.environ.get("QORGAN_MARK", "").partition("=")
_act, _, _nth = _rest.partition("@")
_passed: Counter[str] = Counter()
_SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}


def mark(name: str) -> None:
    """Pass a marked point: free of cost in production, where the variable is not set."""
    if name != _asked:
        return
    _passed[name] += 1
    if _passed[name] == int(_nth or 1):
        os.kill(os.getpid(), _SIGNALS[_act])
