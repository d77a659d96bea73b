"""How is this service started? `python -m services.situation_monitor [part …]`, and beside it `… surges`."""

import sys

from plumbing.process import main
from services.situation_monitor.wiring import SERVICE


def surges(*known):
    """Faust is loaded only where it is used."""
    from services.situation_monitor.watching import surges_verb

    return surges_verb(*known)


if __name__ == "__main__":
    sys.exit(main(SERVICE, {"surges": surges}))
