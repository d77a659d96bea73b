"""Which telephone number was written down, in the form every system can dial (E.164)?"""

import re
import unicodedata

_PUNCTUATION = re.compile(r"[\s().\-‐‑–—]+")
_NATIONAL = re.compile(r"(?:\+?7|8)?([79][0-9]{9})")  # Kazakhstan and Russia share +7
_ABROAD = re.compile(r"\+(?!7)[1-9][0-9]{7,14}")


def read_phone(text: str) -> str | None:
    """None when no single number can be read: a wrong number may reach the wrong person at home."""
    number = _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text))
    national = _NATIONAL.fullmatch(number)
    if national:
        return "+7" + national[1]
    return number if _ABROAD.fullmatch(number) else None
