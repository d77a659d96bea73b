"""In which region did it happen: what do the KATO code and the station's name say?"""

import re
from functools import lru_cache

from plumbing import regions
from services.police_intake.report import REGION_UNKNOWN

REGIONS = frozenset(regions.REGIONS)
# Only places that are sure; a wrong region sends help to the wrong end of the country.
# Аксуский is read as Pavlodar's, where the samples have it (Zhetysu has a district of that name too).
_CITIES = {
    "10": r"семей(?:ск\w+)?|семипалатинск\w*|аягоз\w*",
    "11": r"кокшетау\w*|степногорск\w*|щучинск\w*",
    "15": r"актобе|актюбинск",
    "19": r"конаев\w*|капшага\w+|капчага\w+|талгар\w*|каскелен\w*",
    "23": r"атырау|кульсары",
    "27": r"уральск\w*|орал",
    "31": r"тараз\w*",
    "33": r"талдыкорган\w*|текели",
    "35": r"караганд[аыеу]\w*|темиртау\w*|балхаш\w*|шахтинск\w*|сарань",
    "39": r"костана[йяюе]|рудн(?:ый|ого|ом)|аркалык\w*|лисаковск\w*",
    "43": r"кызылорд[аыеу]",
    "47": r"актау\w*|жана?озен\w*",
    "55": r"павлодар\w*|экибастуз\w*|екибастуз\w*|аксу(?:ск\w+)?",
    "59": r"петропавл\w*",
    "61": r"туркестана?|туркистан|кентау\w*|арыс",
    "62": r"жезказган\w*|сатпаев",
    "63": r"усть[ -]?каменогорск\w*|оскемен\w*|риддер\w*",
    "71": r"астан[аыеу]\w*|нур[ -]?султан\w*",
    "75": r"алматы(?! облыс)|алма-ата",
    "79": r"шымкент\w*|чимкент\w*",
}
_OBLASTS = {
    "10": r"област[ьи] абай|абайск\w+ обл\w*|абай облыс\w*",
    "11": r"акмол\w+",
    "15": r"актюбинск\w+ обл\w*|актобе облыс\w*",
    "19": r"алматинск\w+ обл\w*|алматы облыс\w*",
    "23": r"атырауск\w+",
    "27": r"западно[ -]казахстанск\w+|батыс казакстан\w*|зко",
    "31": r"жамбылск\w+ обл\w*|жамбыл облыс\w*",
    "33": r"област[ьи] жет[иы]су|жет[иы]су облыс\w*",
    "35": r"карагандинск\w+|караганди облыс\w*",
    "39": r"костанайск\w+",
    "43": r"кызылординск\w+",
    "47": r"мангистауск\w+|мангыстау\w*",
    "55": r"павлодарск\w+",
    "59": r"северо[ -]казахстанск\w+|солтустик казакстан\w*|ско",
    "61": r"туркестанск\w+",
    "62": r"улытау\w*",
    "63": r"восточно[ -]казахстанск\w+|шыгыс казакстан\w*|вко",
}
_CITY_DISTRICTS = {
    "71": r"сарыарк\w+",
    "75": r"медеуск\w+|бостандыкск\w+|ауэзовск\w+|алмалинск\w+|турксибск\w+|наурызбайск\w+",
    "79": r"аль[ -]фарабийск\w+",
}
_KAZAKH = str.maketrans("әғқңөұүһіё", "агкноуухие")
_STATION_CHARACTERS_MAX = 300
_POLICE = re.compile(
    r"\b(?:[уо]п|[рг]?оп|[рг]?[уо]вд|полици\w*|отдел\w*|управлени\w*|участ\w*|баскарма\w*|болим\w*|police|station|department)\b"
)
_TERRITORY = re.compile(r"[0-9]{9}")


def _patterns(table: dict[str, str], around: str) -> dict[str, re.Pattern[str]]:
    return {f"KZ-{digits}": re.compile(around % words) for digits, words in table.items()}


# Tried in this order; the surest says first. «Абайское УП г. Шымкент» is Shymkent, not Abay.
_CLUES = (
    _patterns(_CITIES, r"\b(?:г|гор|город\w*)\b\.? *(?:%s)\b"),
    _patterns(_OBLASTS, r"\b(?:%s)\b"),
    _patterns(_CITIES, r"\b(?:%s)\b"),
    _patterns(_CITY_DISTRICTS, r"\b(?:%s)\b"),
)


def region_of_territory(territory: str) -> str | None:
    """The region of a KATO code of nine digits; None when it names no region."""
    if not _TERRITORY.fullmatch(territory):
        return None
    region = f"KZ-{territory[:2]}"
    return region if region in REGIONS else None


def if_a_station(text: str) -> str:
    """The text, if it speaks of police or of a place that is known; "" for anything else: a shifted record has names there."""
    short = text[:_STATION_CHARACTERS_MAX]
    speaks = _POLICE.search(_plain(short)) or region_of_station(short) != REGION_UNKNOWN
    return text if speaks and text == short else ""


def region_of_station(station: str) -> str:
    """The region a station's name speaks of; "unknown" when it speaks of none, or of two."""
    return _region_of_station(station[:_STATION_CHARACTERS_MAX])


@lru_cache(maxsize=4096)
def _region_of_station(station: str) -> str:
    name = _plain(station)
    for clues in _CLUES:
        regions = {region for region, pattern in clues.items() if pattern.search(name)}
        if regions:
            return regions.pop() if len(regions) == 1 else REGION_UNKNOWN
    return REGION_UNKNOWN


def _plain(text: str) -> str:
    return " ".join(text.casefold().translate(_KAZAKH).split())
