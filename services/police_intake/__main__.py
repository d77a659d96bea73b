"""How is this service started? `python -m services.police_intake [part …]` or `… import FILE`."""

import sys
from functools import partial

from plumbing.process import main
from services.police_intake.erasing.verb import erase_verb
from services.police_intake.importing import import_verb
from services.police_intake.journal.record import read_row
from services.police_intake.wiring import SERVICE

sys.exit(main(SERVICE, {"import": partial(import_verb, read=read_row), "erase": erase_verb}))
