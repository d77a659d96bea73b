"""What is one police report, once it has been read, whichever door it came in by?"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

NARRATIVE_CHARACTERS_MAX = 20_000
REGION_UNKNOWN = "unknown"


class Channel(StrEnum):
    CALL_102 = "call_102"
    CALL_111 = "call_111"
    WALK_IN = "walk_in"
    PATROL = "patrol"
    INSPECTOR = "inspector"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    LAW_AND_ORDER_APP = "law_and_order_app"
    OTHER = "other"
    UNKNOWN = "unknown"


class Reporter(StrEnum):
    VICTIM = "victim"
    RELATIVE = "relative"
    NEIGHBOUR = "neighbour"
    ANONYMOUS = "anonymous"
    OTHER = "other"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """What the respondent is to the victim."""

    SPOUSE = "spouse"
    FORMER_SPOUSE = "former_spouse"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    IN_LAW = "in_law"
    OTHER = "other"
    UNKNOWN = "unknown"


class Intoxication(StrEnum):
    NONE = "none"
    ALCOHOL = "alcohol"
    DRUGS = "drugs"
    UNKNOWN = "unknown"


class Violence(StrEnum):
    PHYSICAL = "physical"
    PSYCHOLOGICAL = "psychological"
    SEXUAL = "sexual"
    ECONOMIC = "economic"


class Injury(StrEnum):
    NONE = "none"
    LIGHT = "light"
    MEDIUM = "medium"
    GRAVE = "grave"
    UNDETERMINED = "undetermined"


class Consent(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"
    UNKNOWN = "unknown"


class Wish(StrEnum):
    """Does she want a woman to come?"""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class SafeContactKind(StrEnum):
    NEVER = "never"
    ONLY_AT = "only_at"
    THROUGH_TRUSTED_PERSON = "through_trusted_person"


@dataclass(frozen=True, repr=False, slots=True)
class SafeContact:
    """How she may be reached. Silence means never (docs/facts.md §7)."""

    kind: SafeContactKind = SafeContactKind.NEVER
    detail: str = ""


@dataclass(frozen=True, repr=False, slots=True)
class PersonFields:
    name: str = ""  # as written; "" when nobody is named
    birth_date: date | None = None
    iin: str | None = None  # only a number that passed every check
    iin_trusted: bool = False
    phone: str | None = None  # E.164
    known: bool = False  # somebody is named
    sex: str = "unknown"  # female, male; a journal does not say


@dataclass(frozen=True, repr=False, slots=True)
class ReportFields:
    kui_number: str | None
    recorded_at: datetime | None
    occurred_at: datetime | None
    station: str
    territory: str | None  # KATO, 9 digits, of a known region
    region: str  # ISO 3166-2, "KZ-79"; or "unknown"
    channel: Channel
    reporter: Reporter
    victim: PersonFields
    respondent: PersonFields
    relation: Relation
    intoxication: Intoxication
    violence: tuple[Violence, ...]
    injury: Injury
    weapon: str | None
    weapon_seen: bool | None
    children: int | None
    complaint: bool | None
    consent: Consent
    safe_contact: SafeContact
    address: str
    narrative: str
    outcome: str
    officer: str
    wants_woman: Wish = Wish.NOT_ASKED
