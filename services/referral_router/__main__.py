"""How is this service started? `python -m services.referral_router [part …]` or `… why NEED_ID`."""

import sys

from plumbing.process import main
from services.referral_router.why import why
from services.referral_router.wiring import SERVICE

sys.exit(main(SERVICE, {"why": why}))
