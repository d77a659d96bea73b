"""May the number of an invented person be believed here?"""

from __future__ import annotations

import os


def allowed() -> bool:
    """Only where all people are invented, as in `make up`; a service started by hand doubts such a number."""
    return os.environ.get("QORGAN_SYNTHETIC_IIN", "") == "allow"
