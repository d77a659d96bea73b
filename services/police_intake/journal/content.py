"""Do two rows say the same, whatever their columns' order and their file's encoding?"""

import hashlib
import json
import unicodedata

from services.police_intake.journal.cells import is_keepable, keepable
from services.police_intake.journal.rows import JournalRow


def content_of(row: JournalRow) -> dict[str, str]:
    """Everything the row holds, as written, by canonical column; cells beyond the header as "+1", "+2"."""
    columns = row.header.columns
    content = {columns[name]: text for name, text in row.cells.items()}
    content |= {f"+{place}": text for place, text in enumerate(row.extra, start=1)}
    if is_keepable("".join(content.values())):
        return content
    return {column: keepable(text) for column, text in content.items()}


def hash_of(content: dict[str, str]) -> str:
    """sha256 over the filled cells: an empty column and a missing one say the same."""
    trimmed = ((column, text.strip().replace("\r\n", "\n")) for column, text in content.items())
    filled = json.dumps(sorted(pair for pair in trimmed if pair[1]), ensure_ascii=False)
    return hashlib.sha256(unicodedata.normalize("NFC", filled).encode()).hexdigest()
