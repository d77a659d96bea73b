"""How is this service started? `python -m services.health_narcology [part …]`."""

import sys

from plumbing.process import main
from services.health_narcology.wiring import SERVICE

if __name__ == "__main__":
    sys.exit(main(SERVICE))
