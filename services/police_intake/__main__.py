"""How is this service started? `python -m services.police_intake [part …]`."""

import sys

from plumbing.process import main
from services.police_intake.wiring import SERVICE

sys.exit(main(SERVICE))
