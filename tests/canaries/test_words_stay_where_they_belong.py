"""After every story: is every word that was told found where its audience is, and nowhere else?"""

import base64

import pytest

from tests.canaries.birds import CARDS, Nest
from tests.canaries.searching import encodings, pages, standing, written
from tests.canaries.stories import START, live
from tests.land import SERVICES, Land

pytestmark = pytest.mark.stack
# A journal and its verdicts are files of police, kept by who imports; nothing of ours writes a name into any other file.
FILES_OF_POLICE = {"journal.csv"}
PLACED = ("posted", "repeated", "corrected", "typed")


@pytest.fixture(scope="module")
def searched(stack, tmp_path_factory):
    """Everything that was written, all that every page shows while the audit is away, and the pages that it wrote down."""
    folder, nest = tmp_path_factory.mktemp("files"), Nest(7)
    land = Land(START)
    with land.open():
        live(land, nest, folder)
        land.show_figures()
        everything, looked = [], set()
        everything += written(land, folder, looked)
        for service in SERVICES:
            land.rows(service, "REVOKE INSERT ON audit FROM CURRENT_USER; SELECT 1")
        blind = [page for service in SERVICES for page in pages(land, service, set())]
    return nest.birds, everything, blind, looked


def whose(birds, hay):
    where = standing(hay, [bird.text for bird in birds])
    return {bird: where[bird.text] for bird in birds}


@pytest.fixture(scope="module")
def found(searched):
    """(canary, places where it stands) of every canary, and the number of places that were searched."""
    birds, everything, _, _ = searched
    return whose(birds, everything), len(everything)


def says_who_somebody_is(bird):
    return bird.field.startswith(("victim.", "respondent.")) or bird.field in CARDS


def allowed(bird, place):
    service, kind, name = place
    return (kind == "file" and name in FILES_OF_POLICE) or bird.may_be(service, kind, name)


def test_no_word_stands_outside_its_audience(found):
    where, places = found
    assert places > 500
    wrong = [f"{bird.story}: {bird.field} in {place}" for bird, here in where.items() for place in here if not allowed(bird, place)]
    assert wrong == []


def test_no_page_tells_who_anybody_is_without_its_being_written_down_who_looks(found, searched):
    looked = searched[3]
    shown = {place for bird, places in found[0].items() if says_who_somebody_is(bird) for place in places if place[1] == "page"}
    assert len(shown) > 20 and shown - looked == set()


def test_no_page_tells_who_anybody_is_while_the_audit_cannot_be_written(searched):
    birds, _, blind, _ = searched
    shown = whose([bird for bird in birds if says_who_somebody_is(bird)], blind)
    assert len(blind) > 200 and {bird: places for bird, places in shown.items() if places} == {}


def test_every_word_that_was_told_is_kept_by_police(found):
    lost = [f"{bird.story}: {bird.field}" for bird, places in found[0].items()
            if not any(service == "police_intake" and (kind == "opened" or (kind == "table" and bird.may_be(*place)))
                       for place in places for service, kind, _ in [place])]
    assert lost == []


def test_what_stands_on_a_card_is_read_by_its_holder(found):
    """Else the search would prove only that nobody is told anything."""
    shown = {(bird.field, service) for bird, places in found[0].items() for service, kind, _ in places if kind == "page"}
    holders = {"victim_card": "social_registry", "respondent_card": "health_narcology"}
    missing = {(field, holders[card]) for field, cards in CARDS.items() for card in cards} - shown
    assert missing == set()


def test_the_narrative_is_on_no_page_of_a_report(found):
    pages = [name for bird, places in found[0].items() if bird.field == "narrative" and bird.story in PLACED
             for _, kind, name in places if kind == "page"]
    assert pages == []


@pytest.mark.parametrize("text", [b"\xd0\x91", b"Qazaq"])
def test_a_word_is_found_in_every_encoding_it_is_looked_for_in(text):
    for begin in range(3):
        hidden = base64.b64encode(b"." * begin + "Бузалеко".encode() + text)
        assert any(one in hidden for one in encodings("Бузалеко"))
    assert any(one in "…бузалеко…".encode("cp1251") for one in encodings("Бузалеко"))
