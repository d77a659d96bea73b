"""Is every text there in Kazakh and Russian, and does every page take its texts from the catalogue?"""

import re
from html.parser import HTMLParser

import pytest
from babel.support import NullTranslations
from starlette.testclient import TestClient

from plumbing.languages import Speech, choose, speeches
from plumbing.moments import filters
from plumbing.serving import application
from plumbing.templating import templates
from tests.pages import texts

ROOMS = texts.rooms()


class Bracketed(NullTranslations):
    """A language in which every text of ours stands in brackets: what stands outside was written past the catalogue."""

    def _marked(self, text):
        return f"⟦{text}⟧"

    def ugettext(self, message):
        return self._marked(message)

    gettext = ugettext

    def ungettext(self, one, many, num):
        return self._marked(one if num == 1 else many)

    ngettext = ungettext

    def upgettext(self, context, message):
        return self._marked(message)


class Visible(HTMLParser):
    """The text a person reads or hears; codes and data in <code>, <small> and <time> are nobody's texts."""

    UNREAD = ("style", "script", "code", "small", "time")

    def __init__(self):
        super().__init__()
        self.open, self.said = [], []

    def handle_starttag(self, tag, attributes):
        self.open += [tag] if tag in self.UNREAD else []
        self.said += [value for name, value in attributes if name in ("aria-label", "title", "alt", "placeholder")]

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data):
        self.said += [] if self.open else [data]


def _without_brackets(text):
    """What stands in brackets goes, from within outwards: a word may be put into a text."""
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = shorter
    return text


def outside_brackets(html):
    page = Visible()
    page.feed(html)
    # Names of languages, of ourselves, and the data of this test's cases.
    said = [_without_brackets(one) for one in page.said]
    rest = [re.sub(r"Қазақша|Русский|English|Qorgan|UTC\+5|\b(cc|akimat|detox|clinic|narcology|KZ)-\d+\b", "", one) for one in said]
    return [one.strip() for one in rest if re.search(r"[^\W\d_]{2,}", one)]


@pytest.mark.parametrize("language", texts.TRANSLATED)
@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_text_is_translated_and_none_is_stale(room, language):
    assert texts.wrong(room, language) == []


@pytest.mark.parametrize("string, fault", [("", "is empty"), ("без числа", "has other placeholders"), ("ещё %(level)s", "")])
def test_a_text_that_is_empty_or_lost_its_placeholder_is_named(string, fault):
    message = texts.Catalog(locale="ru").add("level %(level)s", string)
    assert texts._fault(message, "ru") == fault


def test_a_doubtful_translation_is_named_as_such():
    assert texts._fault(texts.Catalog(locale="kk").add("Due", "Мерзімі", flags=["fuzzy"]), "kk") == "is fuzzy"


@pytest.mark.stack
def test_every_visible_text_of_a_worklist_comes_from_the_catalogue(desk):
    speech = Speech("en", Bracketed(), desk.speeches["en"].words)
    desk.templates["en"] = templates(desk.service.folder, speech, filters(speech))
    door = TestClient(application(desk), headers={"Accept-Language": "en", "Accept": "text/html"})
    for path in ("/worklist", "/no-such-page-of-language/../language/xx"):
        assert outside_brackets(door.get(path).text) == []


@pytest.mark.parametrize("cookie, accepted, chosen", [
    ("ru", "kk", "ru"), ("", "ru-KZ,ru;q=0.9,en;q=0.8", "ru"), ("", "de,en;q=0.5,ru;q=0.7", "ru"), ("xx", "", "kk"), ("", ";q=x,,", "kk"),
])
def test_who_has_chosen_a_language_gets_it_before_the_browsers_wish(cookie, accepted, chosen):
    assert choose(cookie, accepted, "kk") == chosen


def test_a_services_own_word_comes_before_the_shared_one():
    spoken = speeches(next(room for room in ROOMS if room.name == "social_registry"))["ru"]
    assert spoken.say("Centre") == "Центр" and spoken.say("Due") == "Срок"
    assert spoken.plural("%(num)d child", "%(num)d children", 5) == "5 детей"
    assert spoken.word("KZ-55", "region") == "Павлодарская область" and spoken.word("newly_made", "state") == "newly made"
