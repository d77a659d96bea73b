"""Does the table of papers say only what can be printed, of measures there are, and nothing of hers on a paper others keep?"""

import tomllib

import pytest

from plumbing.languages import speeches
from services.police_intake.measures.papers import POLICE, POLICE_ONLY, TABLE, read_papers, writable
from services.police_intake.web.paper_fields import FIELDS
from services.police_intake.wiring import SERVICE
from tests.police_intake.measured import LAW, LIVES, measure

PAPERS = writable(read_papers(LAW.measures), FIELDS)
TEXT = TABLE.read_text("utf-8")
NEVER = ("address", "safe_contact", "consent", "risk", "grade", "phone", "iin", "narrative", "reporter", "shelter", "injury", "weapon", "outcome")


def test_each_paper_belongs_to_the_measures_and_states_of_the_table_and_to_no_other():
    told = tomllib.loads(TEXT)
    for paper in PAPERS:
        for life in LIVES.values():
            states = [state for state in life.states if paper.belongs_to(measure(life.kind, state))]
            assert sorted(states) == sorted(told[paper.id]["of"].get(life.kind, [])), (paper.id, life.kind)


def test_no_paper_is_printed_of_a_measure_that_has_ended_or_was_taken_back():
    for paper in PAPERS:
        for kind, states in paper.of.items():
            assert not set(states) & set(LIVES[kind].ends)


def test_every_field_that_can_be_written_stands_on_a_paper_and_nothing_of_hers_is_among_them():
    assert {name for paper in PAPERS for name in paper.fields} == set(FIELDS)
    shown = {field.of for field in FIELDS.values()} | set(FIELDS)
    assert not [name for name in shown for word in NEVER if word in name]
    for paper in PAPERS:
        assert paper.goes_to == POLICE or not POLICE_ONLY & set(paper.fields)


@pytest.mark.parametrize("old, new, fault", [
    ('"victim",', '"victim", "address",', "address is nothing that can be written"),
    ('"protects_too",', '"children",', "children is for police alone"),
    ('goes_to = "court"', 'goes_to = "neighbours"', "nobody is called so"),
    ('["requested"]', '["asked_for"]', "which no table knows"),
    ("of.protection_order", "of.fine", "is of fine issued"),
    ('"requirements/three-to-twelve-months"', '"requirements/for-ever"', "which is no rule"),
    ("rules.answers_for", "rules.answered", "answered rests on a rule and stands nowhere"),
    ('verified_by = ""', "", "verified_by is missing"),
    ('verified_by = ""', 'verified_by = ""\nsize = "A5"', "size is missing, or nothing reads it"),
])
def test_a_table_that_says_what_cannot_be_is_not_loaded(old, new, fault):
    assert old in TEXT
    with pytest.raises(ValueError, match=fault):
        writable(read_papers(LAW.measures, TEXT.replace(old, new, 1)), FIELDS)


def test_everything_that_stands_on_a_paper_has_a_word_in_every_language():
    """A breach gets no code without the words that forbid it."""
    kinds = {
        "paper": [paper.id for paper in PAPERS], "says": [paper.id for paper in PAPERS],
        "goes_to": [paper.goes_to for paper in PAPERS], "written": list(FIELDS),
        "forbidden": LIVES["protection_order"].acts["breach"].codes, "required": LIVES["special_requirements"].acts["breach"].codes,
        "certainty": [rule.citation.certainty for rule in LAW.measures.terms.rules],
    }
    for language, speech in speeches(SERVICE.folder).items():
        assert not [(language, kind, code) for kind, codes in kinds.items() for code in codes if (kind, code) not in speech.words]
