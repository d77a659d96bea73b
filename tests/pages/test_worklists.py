"""Do the worklists work for whoever sits before them: in three languages, by keyboard, by ear, without JavaScript?"""

import pytest
from playwright.sync_api import expect

from tests.pages.looking import serious, walk

pytestmark = [pytest.mark.browser, pytest.mark.stack]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_worklist_speaks_the_readers_language_and_has_no_serious_barrier(door, look, language):
    page = look(language)
    page.goto(f"{door.url}/worklist")
    assert page.locator("html").get_attribute("lang") == language
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen"
    assert walk(page)[0].startswith("a ")


def test_a_chosen_language_stays_and_leads_back_to_the_page(centre, look):
    page = look("kk")
    page.goto(f"{centre.url}/dead-letters")
    page.get_by_role("link", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert page.url == f"{centre.url}/dead-letters"
    page.goto(f"{centre.url}/worklist")
    assert page.get_by_role("heading", level=1).inner_text() == "Гости"


def test_every_act_is_reached_by_keyboard_and_the_focus_is_seen(centre, look):
    page = look("en")
    page.goto(f"{centre.url}/referrals/need")
    reached = walk(page)
    assert reached[0].startswith("a Skip to main content")
    assert [one for one in reached if one.startswith("button Arrived")] and "input by" in reached


@pytest.mark.parametrize("javascript", [True, False])
def test_an_act_is_done_after_what_others_will_see_was_shown(centre, look, javascript):
    page = look("ru", javascript)
    page.goto(f"{centre.url}/referrals/need")
    form = page.locator("form", has_text="Прибыла")
    form.get_by_label("Имя того, кто решил").fill("Айгүл")
    form.get_by_role("button").click()
    page.get_by_text("Полиция видит: прибыла.").wait_for()
    assert not javascript or serious(page) == [], "axe itself is a script"
    page.get_by_role("button", name="Да, выполнить").click()
    page.get_by_text("Это выполнено и сохранено.").wait_for()
    expect(page.locator(".q-tag", has_text="прибыли")).to_have_count(1)


def test_an_empty_name_is_told_beside_the_field_and_the_choice_is_kept(centre, look):
    page = look("en")
    page.goto(f"{centre.url}/referrals/need")
    form = page.locator("form", has_text="Decline")
    form.get_by_label("Reason").select_option("distance")
    form.get_by_label("by telephone").check()
    form.get_by_role("button").click()
    again = page.locator("form", has_text="Decline")
    expect(again.get_by_text("Fill this in")).to_be_visible()
    assert again.get_by_label("Reason").input_value() == "distance" and again.get_by_label("by telephone").is_checked()
    assert page.title().startswith("Error") and serious(page) == []
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.name") == "by"


def test_who_comes_second_is_told_how_it_stands_and_who_was_first(centre, look):
    first, second = look("en"), look("en")
    for page, name in ((first, "Aigul"), (second, "Dana")):
        page.goto(f"{centre.url}/referrals/need")
        form = page.locator("form", has_text="Arrived")
        form.get_by_label("Name of who decided").fill(name)
        form.get_by_role("button").click()
    for page in (first, second):
        page.get_by_role("button", name="Yes, do it").click()
    told = second.get_by_role("alert").inner_text()
    assert "Aigul" in told and "arrived" in told and "UTC+5" in told and serious(second) == []
