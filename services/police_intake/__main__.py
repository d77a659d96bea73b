"""How is this service started? `python -m services.police_intake [part …]`, `… import FILE`, `… new-dispatch-key`."""

import sys
from collections.abc import Callable, Sequence
from functools import partial

from plumbing.process import main
from plumbing.service import Service
from plumbing.settings import Settings
from services.police_intake.dispatch.ending import new_dispatch_key
from services.police_intake.erasing.verb import erase_verb
from services.police_intake.importing import import_verb
from services.police_intake.journal.record import read_row
from services.police_intake.wiring import SERVICE

VERBS: dict[str, Callable[[Service, Settings, Sequence[str]], int]] = {
    "import": partial(import_verb, read=read_row), "new-dispatch-key": new_dispatch_key, "erase": erase_verb,
}

if __name__ == "__main__":
    sys.exit(main(SERVICE, VERBS))
