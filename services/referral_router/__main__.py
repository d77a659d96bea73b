"""How is this service started? `python -m services.referral_router [part …]`."""

import sys

from plumbing.process import main
from services.referral_router.wiring import SERVICE

sys.exit(main(SERVICE))
