"""Does a practised hand write a new report in 90 seconds and a check in 30? Measured by the keystroke-level model."""

import json
import re

import pytest

from services.police_intake.measures.lives import MoveMeasure
from tests.pages import doors, police_door
from tests.pages.hand import Hand
from tests.police_intake.journal_text import iin

pytestmark = [pytest.mark.stack, pytest.mark.browser]
REPORT_S, CHECK_S = 90, 30


@pytest.fixture
def police(stack):
    with doors.opened(police_door.desk_with_measures()) as opened:
        yield opened


def told(what, hand, capsys):
    with capsys.disabled():
        print(json.dumps({"form": what, "keys": hand.keys, "answers": hand.thoughts, "seconds": round(hand.seconds)}))
    return hand.seconds


def test_a_new_report_is_written_by_a_practised_hand_in_ninety_seconds(police, look, capsys):
    page = look("ru")
    page.goto(f"{police.url}/reports/new")
    hand = Hand(page)
    hand.write("kui_number", "4711")
    hand.write("station", "УП г. Павлодар")
    hand.write("territory", "551000000")
    hand.choose("channel", "call_102")
    hand.write("victim_name", "Оспанова Дана")
    hand.write("victim_iin", iin("90040387993"))
    hand.write("respondent_name", "Оспанов Ерлан")
    hand.choose("relation", "spouse")
    hand.choose("intoxication", "alcohol")
    hand.tick("violence", "physical")
    hand.write("children", "2")
    hand.choose("asked_apart", "yes")
    hand.choose("consent", "yes")
    hand.choose("safe_contact", "only_at")
    hand.write("safe_contact_detail", "10-12, 87010000000, сестра")
    hand.write("narrative", "Ударил по лицу, дети видели.")
    hand.write("by", "Айгүл")
    hand.send()
    assert re.search(r"/reports/[0-9a-f-]{36}", page.url)
    assert told("new report", hand, capsys) <= REPORT_S


def test_enter_in_a_field_of_a_new_report_registers_it(police, look):
    page = look("kk")
    page.goto(f"{police.url}/reports/new")
    hand = Hand(page)
    for field, text in (("kui_number", "4712"), ("station", "УП г. Павлодар"), ("territory", "551000000"), ("by", "Айгүл")):
        hand.write(field, text)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/reports/[0-9a-f-]{36}"))


def test_a_check_of_an_order_is_recorded_by_a_practised_hand_in_thirty_seconds(police, look, capsys):
    order = police_door.measure(police.desk)
    police.desk.act(MoveMeasure(order, "serve", "Айгүл", 1), order)
    page = look("en")
    page.goto(f"{police.url}/measures")
    hand = Hand(page)
    hand.follow(f"/measures/{order}")
    hand.unfold("Weekly check")
    form = f"{order}-protection_order-checked"
    hand.choose(f"{form}-code", "kept")
    hand.write(f"{form}-by", "Айгүл")
    hand.send()
    assert police_door.one(police.desk, "SELECT count(*) FROM measure_moves WHERE act = 'checked'") == 1
    assert told("check of an order", hand, capsys) <= CHECK_S
