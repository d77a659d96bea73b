"""How many examples does a property test try? All of them in `make test`; one in ten where seconds count."""

from __future__ import annotations

import os

PERCENT = int(os.environ.get("QORGAN_EXAMPLES_PERCENT", "100"))


def examples(all_of_them: int) -> int:
    return max(5, all_of_them * PERCENT // 100)
