"""How is this service started? `python -m services.referral_router [part …]`, `… why NEED_ID`, `… replay`."""

import sys

from plumbing.process import main
from plumbing.replay_verb import replay
from services.referral_router.why import why
from services.referral_router.wiring import SERVICE

sys.exit(main(SERVICE, {"why": why, "replay": replay}))
