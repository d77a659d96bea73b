"""Does the picture of the country work for whoever looks at it: in three languages, by keyboard, live, without JavaScript?"""

import pytest
from playwright.sync_api import expect

from services.situation_monitor.wiring import SERVICE
from tests.pages import doors
from tests.pages.looking import serious, shoot, walk
from tests.situation_monitor import script
from tests.stores import heard

pytestmark = [pytest.mark.browser, pytest.mark.stack]


@pytest.fixture
def monitor(stack):
    with doors.opened(doors.desk_of(SERVICE, [*script.script(900), *script.SURGE])) as opened:
        yield opened


@pytest.mark.parametrize(("language", "title"), [("kk", "Ел көрінісі"), ("ru", "Картина страны"), ("en", "The picture of the country")])
def test_the_picture_speaks_the_readers_language_and_has_no_serious_barrier(monitor, look, language, title):
    page = look(language)
    page.goto(f"{monitor.url}/picture")
    assert page.get_by_role("heading", level=1).inner_text() == title
    assert page.get_by_role("img").count() == 3 and serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen"
    assert walk(page)[0].startswith("a ")
    shoot(page, "picture")


def test_the_picture_renews_itself_without_a_reload(monitor, look):
    page = look("en")
    page.goto(f"{monitor.url}/picture")
    page.evaluate("window.stays = true")
    total = page.locator("tr", has_text="whole country").locator("td").first
    before = int(total.inner_text())
    monitor.desk.step.run(heard([script.report() for _ in range(20)]))
    _move_watermark(monitor)
    page.wait_for_function("n => [...document.querySelectorAll('tr')].some(r => r.innerText.startsWith('whole country') && "
                           "r.cells[1].innerText == String(n))", arg=before + 20, timeout=15_000)
    assert page.evaluate("window.stays"), "the page itself was not loaded anew"


def test_without_scripts_a_link_renews_the_picture(monitor, look):
    page = look("en", False)
    page.goto(f"{monitor.url}/picture")
    monitor.desk.step.run(heard([script.report() for _ in range(20)]))
    before = int(page.locator("tr", has_text="whole country").locator("td").first.inner_text())
    page.get_by_role("link", name="Renew it now").click()
    expect(page.locator("tr", has_text="whole country").locator("td").first).to_have_text(str(before + 20))


def test_every_table_to_take_away_is_reached_by_keyboard(monitor, look):
    page = look("en")
    page.goto(f"{monitor.url}/picture")
    reached = walk(page)
    assert reached[0].startswith("a Skip to main content")
    assert [one for one in reached if one.startswith("a as CSV")] and any("All tables" in one for one in reached)


def _move_watermark(monitor):
    """As if the counts had come by the wire: the page asks whether anything was heard."""
    with monitor.desk.step.database.transaction() as tx:
        tx.run("INSERT INTO inbox (topic, partition, next_number, next_offset, cluster_id, topic_id)"
               " VALUES ('a topic', 0, 21, 0, '', '')")
