"""Can centre and akimat do their day's work on their pages: in three languages, by keyboard, one guest at a time?"""

import json
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from plumbing.sealing import new_key_pair, seal
from services.social_registry import messages as m
from services.social_registry import store
from tests import stores
from tests.pages import doors
from tests.pages.conftest import SEEDS
from tests.pages.looking import serious, shoot, walk
from tests.social_registry import script

pytestmark = [pytest.mark.browser, pytest.mark.stack]
CARD = {"name": "Ахметова Айгүл", "birth_date": "1991-04-12", "safe_contact": "only_at", "safe_contact_detail": "10 to 12",
        "phone": "+7 709 000 00 01"}


NAMES = {"/worklist": "social-worklist", "/referrals/need": "social-referrals-one", "/register": "social-register"}


@pytest.fixture
def centre(stack, monkeypatch):
    """A centre with a guest whose card has come, many more who are expected, and an akimat with an entry and notices."""
    pair = new_key_pair()
    monkeypatch.setattr(store, "new_keys", lambda: pair)
    service, seeds = SEEDS["social_registry"]
    heard = [
        *seeds(), *(script.asked(f"guest-{n}", 1, "cc-2", 0) for n in range(3)),
        m.VictimCardSealed("need", seal(CARD, pair.public)),
        *(replace(script.notice(f"notice-{n}"), household_ref=f"home-{n}") for n in range(30)),
        m.StaffAct("notice-1", "enter", "Dana", "police_notice"), m.VictimCardSealed("notice-1", seal(CARD, pair.public)),
    ]
    with doors.opened(doors.desk_of(service, heard)) as opened:
        yield opened


def entry_id(centre):
    return stores.rows(centre.desk.settings.dsn, "SELECT entry_id FROM register_entries")[0][0]


def do(page, form_text, button, **labels):
    """Fill in the form of an act, see what others will see of it, and do it."""
    form = page.locator("section", has_text=form_text).locator("form").first
    for label, value in labels.items():
        form.get_by_label(label.replace("_", " ")).fill(value)
    form.get_by_role("button").click()
    page.get_by_role("button", name=button).click()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_centre_and_akimat_speaks_three_languages_without_a_barrier(centre, look, language):
    page = look(language)
    for path in ("/worklist", "/notices", "/register", "/referrals/need", "/referrals/notice", f"/register/{entry_id(centre)}"):
        page.goto(f"{centre.url}{path}")
        assert serious(page) == [], path
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
        assert walk(page)[0].startswith("a "), path
        shoot(page, NAMES.get(path, ""))


def test_the_card_stands_on_the_guests_own_page_and_on_no_list(centre, look):
    page = look("en")
    page.goto(f"{centre.url}/worklist")
    assert CARD["name"] not in page.content() and CARD["phone"] not in page.content()
    page.get_by_role("link", name="Open (cc-1").click()
    page.get_by_role("heading", name="Contact card").wait_for()
    assert page.get_by_text(CARD["name"]).is_visible() and page.get_by_text("only as agreed with her").is_visible()
    assert page.get_by_text("Never call, write or visit but as the card says.").is_visible()


def test_a_list_is_cut_to_a_region_and_turned_page_by_page(centre, look):
    page = look("en")
    page.goto(f"{centre.url}/worklist")
    page.get_by_label("Region").select_option("KZ-10")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#guests tbody tr")).to_have_count(3)
    assert "region=KZ-10" in page.url
    page.goto(f"{centre.url}/notices?region=KZ-55")
    assert page.locator("tbody tr").count() == 25
    page.get_by_role("link", name="Page 2").click()
    expect(page.locator("tbody tr")).to_have_count(5)
    assert "region=KZ-55" in page.url


@pytest.mark.parametrize("javascript", [True, False])
def test_an_akimat_opens_assesses_reviews_and_closes_on_its_pages(centre, look, javascript):
    page = look("en", javascript)
    page.goto(f"{centre.url}/referrals/notice-2")
    do(page, "Open an entry in the register", "Yes, do it", Name_of_who_decided="Aigul")
    page.get_by_role("link", name="See the entry").click()
    for act in ("Assess the family's level", "Review: the level now", "List one more child", "Close the entry"):
        do(page, act, "Yes, do it", Name_of_who_decided="Aigul")
        page.get_by_text("This has been done and kept.").wait_for()
    page.locator(".q-tag", has_text="closed").wait_for()
    assert not javascript or serious(page) == [], "axe itself is a script"
    assert page.locator(".q-timeline li").count() == 4


def test_an_answer_by_telephone_is_kept_with_the_name_of_who_gave_it(centre, look):
    page = look("en")
    page.goto(f"{centre.url}/referrals/notice-3")
    page.locator("section", has_text="Nothing is needed").get_by_label("by telephone").first.check()
    do(page, "Nothing is needed", "Yes, do it", Name_of_who_decided="Gulnara")
    page.get_by_text("This has been done and kept.").wait_for()
    told = page.locator(".q-timeline").inner_text()
    assert "Gulnara, by telephone" in told and "nothing is needed" in told
    kept = stores.rows(centre.desk.settings.dsn, "SELECT message FROM decisions WHERE heard = 'StaffAct' AND key = 'notice-3'")
    assert (kept[0][0]["by"], kept[0][0]["channel"]) == ("Gulnara", "telephone"), json.dumps(kept)


def test_who_looks_at_an_old_page_of_an_entry_is_told_that_it_has_changed(centre, look):
    first, second = look("en"), look("en")
    for page in (first, second):
        page.goto(f"{centre.url}/register/{entry_id(centre)}")
    do(first, "List one more child", "Yes, do it", Name_of_who_decided="Aigul")
    do(second, "Close the entry", "Yes, do it", Name_of_who_decided="Dana")
    assert "Somebody was quicker" in second.get_by_role("alert").inner_text() and serious(second) == []
