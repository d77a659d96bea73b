"""How is this service started? `python -m services.social_registry [part …]`."""

import sys

from plumbing.process import main
from services.social_registry.wiring import SERVICE

if __name__ == "__main__":
    sys.exit(main(SERVICE))
