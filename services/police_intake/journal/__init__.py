"""What does a police journal say, record by record?"""

from services.police_intake.journal.columns import HEADINGS
from services.police_intake.journal.errors import UnreadableJournal
from services.police_intake.journal.file import FILE_BYTES_MAX, Journal, read_journal
from services.police_intake.journal.record import ReadRow, read_again, read_row
from services.police_intake.journal.rows import JournalRow

__all__ = [
    "FILE_BYTES_MAX",
    "HEADINGS",
    "Journal",
    "JournalRow",
    "ReadRow",
    "UnreadableJournal",
    "read_again",
    "read_journal",
    "read_row",
]
