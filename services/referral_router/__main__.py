"""How is this service started? `python -m services.referral_router [part …]`, or a verb: why, replay, what-if."""

import sys

from plumbing.process import main
from plumbing.replay_verb import replay
from services.referral_router.what_if import what_if
from services.referral_router.why import why
from services.referral_router.wiring import SERVICE

if __name__ == "__main__":
    sys.exit(main(SERVICE, {"why": why, "replay": replay, "what-if": what_if}))
