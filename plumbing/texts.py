"""Which text in code is for people's eyes, and so is to be translated?"""

from __future__ import annotations


def N_(text: str) -> str:
    """Marks a text where it is written; the page that shows it translates it, in the reader's language."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:
    """The same for a text with a number in it, %(num)d: English for one and for many; each language has its own forms."""
    return one, many


def told(text: str, **values: object) -> str:
    """A text of ours kept with what is put into it, for pages to say in any language; `kind/code` is said as that word."""
    return "\t".join((text, *(f"{name}={value}" for name, value in values.items())))


def taken_apart(kept: str) -> tuple[str, dict[str, str]]:
    """The text and its values, as `told` kept them; a text without values has none."""
    text, *values = kept.split("\t")
    return text, dict(value.split("=", 1) for value in values if "=" in value)
