"""What is an invented person called, and how is the name misspelt in a journal?"""

from __future__ import annotations

from random import Random

from simulation.figures import figures

# Kazakh patronymics with ұлы and қызы came back with this generation (P).
NEW_PATRONYMICS_SINCE = 1990
FOLD = str.maketrans("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "АаГгКкНнОоУуУуХхИи")
PLAIN = dict(zip("абвгдезийклмнопрстуфхыіңғүұқөәһ", "abvgdeziiklmnoprstufhyinguuqoah", strict=True))
WIDE = {"ё": "yo", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "э": "e", "ю": "yu", "я": "ya"}
LATIN = str.maketrans({**PLAIN, **WIDE, "ь": "", "ъ": ""})


def full_name(rng: Random, tradition: str, sex: str, born_year: int) -> str:
    """Surname, given name, patronymic."""
    words = figures("words")[tradition]
    given = rng.choice(words["men" if sex == "male" else "women"])
    if tradition == "kazakh":
        return f"{_kazakh_surname(rng, sex)} {given} {_kazakh_patronymic(rng, sex, born_year)}"
    surname, father = rng.choice(words["surnames"]), rng.choice(words["fathers"])
    of_sex = sex == "female"
    return f"{surname[of_sex]} {given} {father[of_sex]}"


def folded(name: str) -> str:
    """Kazakh letters written with the nearest Russian ones: Құнанбай → Кунанбай."""
    return name.translate(FOLD)


def in_latin(name: str) -> str:
    """The name in Latin letters: Құнанбай → Qunanbai."""
    return name.lower().translate(LATIN).title()


def without_patronymic(name: str) -> str:
    return " ".join(name.split()[:2])


def _kazakh_surname(rng: Random, sex: str) -> str:
    root = rng.choice(figures("words")["kazakh"]["roots"])
    return rng.choice((root, _with_ending(root, "ов" if sex == "male" else "ова")))


def _kazakh_patronymic(rng: Random, sex: str, born_year: int) -> str:
    father = rng.choice(figures("words")["kazakh"]["men"])
    if born_year >= NEW_PATRONYMICS_SINCE:
        return father + ("ұлы" if sex == "male" else "қызы")
    return _with_ending(father, "ович" if sex == "male" else "овна")


def _with_ending(root: str, ending: str) -> str:
    """Жұмабай + ов = Жұмабаев; Әли + ов = Әлиев; Серік + ов = Серіков."""
    if root[-1] in "йи":
        return root.removesuffix("й") + "е" + ending[1:]
    return root + ending
