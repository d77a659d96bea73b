"""How is this service started? `python -m services.situation_monitor [part … | surges]`."""

import sys

from plumbing.process import main
from services.situation_monitor.wiring import SERVICE

sys.exit(main(SERVICE))
