"""Which text in code is for people's eyes, and so is to be translated?"""

from __future__ import annotations


def N_(text: str) -> str:
    """Marks a text where it is written; the page that shows it translates it, in the reader's language."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:
    """The same for a text with a number in it, %(num)d: English for one and for many; each language has its own forms."""
    return one, many
