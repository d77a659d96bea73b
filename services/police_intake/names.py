"""Could two written names be the name of one person?"""

import re
import unicodedata
from functools import lru_cache

# Keyboards mix scripts: inside a Cyrillic word a Latin letter stands for its look-alike.
_LOOKALIKES = str.maketrans("ABCEHKMOPTXYIaceopxyih", "АВСЕНКМОРТХУІасеорхуіһ")
# Қ and К, Ы and И, Ь and nothing: clerks write one person either way (docs/facts.md §2).
_FOLDED = str.maketrans("әғқңөұүһіёэйы", "агкноуухиееии", "ьъ")
# Longest first, so that "shch" is not read as "sh" + "ch".
_LATIN = {
    "shch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "gh": "г", "ts": "ц",
    "yu": "ю", "iu": "ю", "iya": "ия", "ya": "я", "ia": "ия", "ye": "е", "yo": "е",
    "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и",
    "j": "ж", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р",
    "s": "с", "t": "т", "u": "у", "v": "в", "w": "в", "x": "кс", "y": "и", "z": "з",
    "ä": "а", "á": "а", "ö": "о", "ó": "о", "ü": "у", "ú": "у", "ū": "у", "ğ": "г", "ǵ": "г",
    "ñ": "н", "ń": "н", "ŋ": "н", "ş": "ш", "ç": "ч", "ı": "и", "i̇": "и",
}  # fmt: skip
_LATIN_UNITS = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_MIXED = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_WORDS = re.compile(r"[^\W\d_]+(?:\u0307)?")
_PATRONYMIC_ENDING = re.compile(r"(?:овна|евна|ович|евич|ична|ич|кизи|улы|ули)$")
_SEPARATE_ENDINGS = ("кизи", "ули", "улы")
_TYPO_LETTERS_MIN = 4  # in a shorter word one letter is another name


def mixes_scripts(text: str) -> bool:
    """Does a word hold both Latin and Cyrillic letters?"""
    return not text.isascii() and _MIXED.search(text) is not None


def repair_scripts(text: str) -> str:
    """The text with Latin look-alikes inside Cyrillic words replaced."""
    if not mixes_scripts(text):
        return text
    return _WORDS.sub(lambda word: _repaired(word.group()), text)


def _repaired(word: str) -> str:
    return word.translate(_LOOKALIKES) if _CYRILLIC.search(word) else word


@lru_cache(maxsize=20_000)
def fold_name(text: str) -> str:
    """The key under which spellings of one name meet: «Құнанбаев», "Qunanbaev" → «кунанбаев»."""
    composed = repair_scripts(unicodedata.normalize("NFC", text))
    folded = (_folded_word(word) for word in _WORDS.findall(composed.casefold()))
    return " ".join(word for word in folded if word)  # a word of hard and soft signs alone says nothing


def _folded_word(word: str) -> str:
    if not _CYRILLIC.search(word):
        word = _LATIN_UNITS.sub(lambda unit: _LATIN[unit.group()], word)
    return word.translate(_FOLDED)


def fits(name_a: str, name_b: str) -> bool:
    """Surname and given name equal after folding (in either order), the patronymic equal or unsaid.

    One letter may differ, in one part at most. A name that says nothing fits nobody.
    """
    parts_a, parts_b = _parts(name_a), _parts(name_b)
    if not parts_a or not parts_b:
        return False
    return _parts_fit(parts_a, parts_b) or _parts_fit(_given_first(parts_a), parts_b)


def _given_first(parts: list[str]) -> list[str]:
    return [*parts[1::-1], *parts[2:]]


def _parts(name: str) -> list[str]:
    parts: list[str] = []
    for word in fold_name(name).split():
        if word in _SEPARATE_ENDINGS and parts:
            parts[-1] += word
        else:
            parts.append(word)
    return parts


def _parts_fit(parts_a: list[str], parts_b: list[str]) -> bool:
    if min(len(parts_a), 2) != min(len(parts_b), 2):
        return False
    pairs = list(zip(parts_a[:2], parts_b[:2], strict=True))
    pairs += [(_father(a), _father(b)) for a, b in zip(parts_a[2:], parts_b[2:], strict=False)]
    different = [pair for pair in pairs if pair[0] != pair[1]]
    return not different or (len(different) == 1 and _one_typo_apart(*different[0]))


def _father(patronymic: str) -> str:
    return _PATRONYMIC_ENDING.sub("", patronymic)


def _one_typo_apart(word_a: str, word_b: str) -> bool:
    """One letter put in, left out or replaced, or two neighbours swapped."""
    short, long = sorted((word_a, word_b), key=len)
    if len(short) < _TYPO_LETTERS_MIN or len(long) - len(short) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest_short, rest_long = short[start:], long[start:]
    if len(short) < len(long):
        return rest_short == rest_long[1:]
    return rest_short[1:] == rest_long[1:] or (
        rest_short[:2] == rest_long[1::-1] and rest_short[2:] == rest_long[2:]
    )
