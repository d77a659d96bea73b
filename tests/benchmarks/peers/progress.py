"""How far has a peer come? Told in a file, so that being asked costs it nothing."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path


class Progress:
    """How many messages were taken and sent, and when the first and the last."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.taken = self.sent = 0
        self.first = self.last = 0.0

    def began(self) -> None:
        self.first = self.first or time.time()

    def count(self, taken: int, sent: int) -> None:
        self.taken, self.sent, self.last = self.taken + taken, self.sent + sent, time.time()

    def tell(self) -> None:
        told = {"taken": self.taken, "sent": self.sent, "first": self.first, "last": self.last}
        scratch = self._path.with_suffix(".new")
        scratch.write_text(json.dumps(told))
        os.replace(scratch, self._path)
