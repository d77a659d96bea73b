"""SQL, markup, templates and formulas in every field of every form, body, journal column and address: are they text for ever?"""

from io import BytesIO

import openpyxl
import pytest

from plumbing.guarding import HEADERS
from plumbing.languages import speeches
from services.police_intake import sealed
from services.situation_monitor.exports import Origin, as_csv, as_xlsx
from services.situation_monitor.tables import Table
from services.situation_monitor.wiring import SERVICE as MONITOR
from tests.attacks import payloads
from tests.attacks.living import START, attacked
from tests.land import SERVICES
from tests.land.doors import paths, shown
from tests.police_intake import opened

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def story(stack, tmp_path_factory):
    with attacked(tmp_path_factory.mktemp("journal")) as told:
        yield told


@pytest.fixture(scope="module")
def pages(story):
    """(name, answer) of every page of every door after all that was typed; a template is the same in each language."""
    land, _ = story
    return [(f"{service} {kind} {path}", answer) for service in SERVICES for path in paths(land, service)
            for kind, answer in shown(land, service, path, ("kk",))]


def test_whatever_is_typed_brings_no_door_down(story):
    _, answers = story
    assert len(answers) > 500
    assert [(what[:300], status, told[:300]) for what, status, told in answers if status >= 500] == []


def test_whatever_was_typed_is_kept_word_for_word_and_every_table_still_stands(story):
    land, _ = story
    names = {one[2] for one in opened.look(land.dsns["police_intake"], lambda tx: sealed.people(tx, "true", ()))}
    assert {payload.strip() for payload in payloads.ALL} <= names
    assert land.rows("police_intake", "SELECT count(*) FROM locks")[0][0] > 0
    notes = {by for (by,) in land.rows("referral_router", "SELECT by FROM notes")}
    assert notes & {payload.strip() for payload in payloads.ALL}


def test_no_page_and_no_answer_shows_markup_that_somebody_typed(story, pages):
    _, answers = story
    told = [(what, text) for what, _, text in answers] + [(what, one.text) for what, one in pages if "html" in one.headers.get("content-type", "")]
    assert sum(payloads.MARK in text for _, text in told) > 100, "the payloads must be seen somewhere, or this proves nothing"
    html = [(what, text) for what, text in told if text.lstrip().startswith("<")]
    assert [(what[:200], one) for what, text in html for one in payloads.MARKUP if payloads.unescaped(text, one)] == []


def test_no_template_and_no_format_that_somebody_typed_is_carried_out(story, pages):
    told = [text for _, _, text in story[1]] + [answer.text for _, answer in pages]
    assert not [text[:200] for text in told if payloads.computed(text)]


def test_every_page_keeps_its_policy_of_what_it_may_load(pages):
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    assert [what for what, answer in pages if answer.headers.get("Content-Security-Policy") != policy] == []
    assert [what for what, answer in pages if answer.status_code >= 500] == []


def test_a_spreadsheet_takes_nothing_for_a_formula():
    table = Table("regions", tuple("ab"), tuple((payload, payload) for payload in payloads.ALL))
    speech = speeches(MONITOR.folder)["en"]
    lines = as_csv(table, speech).decode("utf-8-sig").splitlines()[1:]
    assert not [line for line in lines if line.lstrip('"').startswith(("=", "+", "-", "@", "\t"))]
    book = openpyxl.load_workbook(BytesIO(as_xlsx((table,), speech, Origin(None, START.date(), START))))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"} and all(not cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
