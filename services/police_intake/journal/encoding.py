"""In which encoding was this file written?"""

import codecs
import re
from collections.abc import Iterator

from services.police_intake.journal.errors import UnreadableJournal

_CHUNK_BYTES = 1 << 20
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Where KZ-1048 has a Kazakh letter, windows-1251 has a Serbian, Belarusian or Ukrainian one.
# In a journal of Kazakhstan the Kazakh letter is meant; a file without these bytes is the same in both.
_KAZAKH_BYTES = re.compile(rb"[\x8d\x8e\x9d\x9e\xa1-\xa3\xa5\xaa\xaf\xb4\xba\xbc-\xbf]")
_BINARY_STARTS = {
    b"PK\x03\x04": "a spreadsheet (xlsx) or an archive (zip)",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet or document (xls, doc)",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "an archive (gzip)",
    b"Rar!": "an archive (rar)",
    b"7z\xbc\xaf": "an archive (7z)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_NUL_SHARE_MAX = 0.05  # a stray NUL is a clerk's accident; many are another kind of file
_DAMAGE_SHARE_MAX = 0.05  # so much broken UTF-8 is still UTF-8


def find_encoding(content: bytes) -> str:
    """One of utf-8-sig, utf-8, utf-16, kz1048, windows-1251; UnreadableJournal for a file that is no text."""
    for start, kind in _BINARY_STARTS.items():
        if content.startswith(start):
            raise UnreadableJournal(f"The file is {kind}, not a text table: save it as CSV.")
    if content.startswith(_UTF16_MARKS):
        return "utf-16"
    if content.count(b"\0") > len(content) * _NUL_SHARE_MAX:
        raise UnreadableJournal("The file is binary, not a text table: save it as CSV.")
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if _is_utf8(content):
        return "utf-8"
    return "kz1048" if _KAZAKH_BYTES.search(content) else "windows-1251"


def _is_utf8(content: bytes) -> bool:
    """A file with a few broken bytes is still UTF-8; Cyrillic in one byte a letter is broken all over."""
    try:
        for _ in _decoded(content, "strict"):
            pass
        return True
    except UnicodeDecodeError:
        pass
    broken = foreign = 0
    for text in _decoded(content, "replace"):
        broken += text.count("\ufffd")
        foreign += len(text) - len(text.encode("ascii", "ignore"))
    return broken <= foreign * _DAMAGE_SHARE_MAX


def _decoded(content: bytes, errors: str) -> Iterator[str]:
    # In pieces, so that a file of 200 MB does not stand in memory a second time.
    decoder = codecs.getincrementaldecoder("utf-8")(errors)
    for start in range(0, len(content), _CHUNK_BYTES):
        last = start + _CHUNK_BYTES >= len(content)
        yield decoder.decode(content[start : start + _CHUNK_BYTES], last)
