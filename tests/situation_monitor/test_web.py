"""What does anybody meet at the monitor's door? On a real PostgreSQL."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from plumbing.serving import application
from services.situation_monitor import messages as m
from services.situation_monitor import store
from services.situation_monitor.web import TABLES
from services.situation_monitor.wiring import SERVICE
from tests.pages import doors
from tests.situation_monitor import script
from tests.stores import NOW, heard

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def desk(stack):
    return doors.desk_of(SERVICE, [*script.script(), *script.SURGE])


@pytest.fixture
def door(desk):
    return TestClient(application(desk), headers={"Accept-Language": "en"})


def test_the_door_leads_to_the_picture(door):
    assert door.get("/").url.path == "/picture" and door.get("/worklist").url.path == "/picture"


def test_the_picture_shows_each_table_and_every_region_on_its_map(door):
    page = door.get("/picture").text
    assert len(re.findall(r'text-anchor="middle"[^>]*>KZ-\d\d<', page)) == 20 and page.count("<table") >= 7
    assert "2026" in page and "5510" in page, "the surge is told"


def test_nothing_of_a_page_stands_in_its_own_style(door):
    page = door.get("/picture").text
    assert "style=" not in page and "<style" not in page and "onclick" not in page
    policy = door.get("/picture").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_the_live_part_is_sent_only_if_something_was_counted(door, desk):
    page = door.get("/picture").text
    seen = re.search(r"/picture/now\?seen=(\d+)", page).group(1)
    assert door.get(f"/picture/now?seen={seen}").status_code == 204
    assert door.get("/picture/now?seen=-1").text.strip().startswith("<div id=\"picture\"")


@pytest.mark.parametrize("name", TABLES)
def test_each_table_can_be_taken_away(door, name):
    for ending in ("csv", "xlsx"):
        answer = door.get(f"/picture/{name}.{ending}")
        assert answer.status_code == 200 and name in answer.headers["content-disposition"]


def test_all_tables_can_be_taken_away_at_once(door):
    assert door.get("/picture/all.xlsx").content.startswith(b"PK")


def test_a_table_that_is_none_is_named_as_such(door):
    answer = door.get("/picture/persons.csv")
    assert answer.status_code == 404 and "regions" in answer.text


def test_what_is_hidden_on_the_page_is_hidden_in_what_is_taken_away(door, desk):
    told = door.get("/picture/regions.csv").content.decode("utf-8-sig").splitlines()
    numbers = [int(cell) for row in told[1:] for cell in row.split(";")[1:] if cell.isdigit()]
    assert numbers and not [one for one in numbers if 0 < one < 5] and "hidden" in door.get("/picture/regions.csv").text


def test_a_surge_is_a_figure_for_operations_until_its_hour_is_a_day_old(desk):
    [surge] = desk.look(store.surges)
    (name, [region], number), _ = desk.look(lambda tx: store.figures(tx, surge.hour + timedelta(hours=23)))
    assert (name, region, number) == ("qorgan_surges_open", surge.region, 1)
    [(name, _, _)] = desk.look(lambda tx: store.figures(tx, surge.hour + timedelta(hours=24)))
    assert name == "qorgan_surge_watch_silent_seconds"


def test_a_watch_that_says_nothing_more_is_a_figure_for_operations(desk):
    desk.step.run(heard([m.KeepWatch(0, 7)]))
    (_, _, silent), = [one for one in desk.look(lambda tx: store.figures(tx, NOW + timedelta(minutes=3))) if "watch" in one[0]]
    assert silent == 180


def test_a_new_count_is_seen_at_the_next_look(desk, door):
    before = door.get("/picture/days.csv").text
    desk.step.run(heard([script.report() for _ in range(9)]))
    assert door.get("/picture/days.csv").text != before
