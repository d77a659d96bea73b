"""Is she told on each day what is so, by one notice that nobody edits afterwards?"""

import re
from datetime import UTC, datetime, timedelta

import pytest

from services.police_intake.consent.notices import FOLDER, LAW, UnusableNotice, load
from services.police_intake.report import Consent
from tests.police_intake.consents import Police
from tests.police_intake.intake import DAY, NOW, only

BEGINS = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)  # midnight in Kazakhstan, on which the second notice begins


@pytest.fixture
def notices(tmp_path):
    """A folder like ours, in which a notice may be changed; gives what comes of it."""
    for file in FOLDER.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")

    def changed(name, old, new, becomes=""):
        text = (tmp_path / name).read_text("utf-8")
        assert old in text
        (tmp_path / (becomes or name)).write_text(text.replace(old, new), "utf-8")
        return load(tmp_path)

    return changed


def test_a_notice_in_use_is_never_edited_and_never_lost(notices, tmp_path):
    assert load(tmp_path).digest == LAW.digest
    with pytest.raises(UnusableNotice, match="help/1 was edited"):
        notices("help_1.toml", "term_days = 180", "term_days = 365")
    (tmp_path / "help_1.toml").unlink()
    with pytest.raises(UnusableNotice, match="help/1 is gone"):
        load(tmp_path)


def test_a_new_notice_is_locked_before_anybody_is_given_it(notices):
    with pytest.raises(UnusableNotice, match=r'lock it: write "help/3" = "[0-9a-f]{16}"'):
        notices("help_2.toml", "version = 2", "version = 3", "help_3.toml")


@pytest.mark.parametrize("end", ["", "in_force_until = 2026-11-25\n"])
def test_nobody_is_given_two_notices_on_one_day(notices, end):
    with pytest.raises(UnusableNotice, match="help/1 and help/2 overlap: write in_force_until = 2026-11-24 into help/1"):
        notices("help_1.toml", "in_force_until = 2026-11-24\n", end)


def test_a_notice_begins_at_midnight_where_she_lives():
    assert LAW.current(BEGINS - timedelta(seconds=1)).name == "help/1"
    assert LAW.current(BEGINS).name == "help/2"


def test_before_there_was_any_notice_the_oldest_is_read():
    assert LAW.current(datetime(1999, 1, 1, tzinfo=UTC)).name == "help/1"


def test_a_bare_yes_is_read_under_the_notice_of_the_day_on_which_it_was_recorded():
    police = Police()
    police.now = NOW + 9 * DAY
    assert only(police.report(), "ConsentGiven").notice == "help/1"
    police.report(kui_number="3900", consent=Consent.NOT_ASKED)
    assert only(police.answer(Consent.YES), "ConsentGiven").notice == "help/2"


@pytest.mark.parametrize("language, promised", [("en", "either way"), ("ru", "в любом случае"), ("kk", "қалай болғанда да")])
def test_she_is_promised_no_place_that_nobody_keeps_and_told_what_the_akimat_hears_without_her(language, promised):
    first, second = LAW.notices
    assert promised in first.text[language] and promised not in second.text[language]
    told = {"en": "whether you agree or not", "ru": "независимо от вашего согласия", "kk": "келісіміңізге қарамастан"}
    assert told[language] in re.sub(r"\s+", " ", second.text[language])
