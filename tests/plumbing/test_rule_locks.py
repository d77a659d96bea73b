"""Is the law of every service locked as it was read, and does one command lock what is new and nothing over what was?"""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from plumbing.rule_files import load_rules
from plumbing.rule_locks import locked, main, packs_in, texts_of
from plumbing.rule_order import LOCK, UnusableRule
from tests.plumbing.test_rules import ACTS, QUESTIONS, text_of

SERVICES = Path(__file__).parents[2] / "services"
PACKS = packs_in(SERVICES)
DAY = date(2024, 12, 1)
LATER = {"in_force_from": "2025-01-01", "in_force_until": None, "window_days": "180"}


def name_of(folder):
    return folder.relative_to(SERVICES).as_posix()


def pack(folder, *rules, lock=None):
    (folder / "acts.toml").write_text("".join(ACTS.values()), "utf-8")
    (folder / "law.toml").write_text(text_of(*rules), "utf-8")
    if lock is not None:
        (folder / LOCK).write_text(lock, "utf-8")
    return texts_of(folder)


def test_wherever_a_service_has_rules_there_is_a_pack():
    written = {path.parent for path in SERVICES.glob("**/*.toml") if path.read_text("utf-8").count("[[rule]]\n")}
    assert written - set(PACKS) == {SERVICES / "referral_router/rules/reform"}, "only proposals lie below a pack"


@pytest.mark.parametrize("folder", PACKS, ids=name_of)
def test_every_rule_that_was_in_force_on_the_day_of_its_lock_is_locked_as_it_reads(folder):
    texts = texts_of(folder)
    lock = tomllib.loads(texts[LOCK])
    assert lock["digests"] and lock["as_of"] <= date.today()
    assert locked(texts, lock["as_of"]) == texts[LOCK], "run make lock"


def test_a_pack_without_a_lock_is_refused(tmp_path):
    pack(tmp_path, {})
    with pytest.raises(UnusableRule, match=f"{LOCK} is missing, so a rule in force could be edited unseen: run make lock"):
        load_rules(tmp_path, QUESTIONS)


@pytest.mark.parametrize("lock", ["", "as_of = 2024-12-01\n", "[digests]\n"])
def test_a_lock_that_locks_nothing_is_refused(tmp_path, lock):
    pack(tmp_path, {}, lock=lock)
    with pytest.raises(UnusableRule, match=f"{LOCK}: it holds as_of and digests"):
        load_rules(tmp_path, QUESTIONS)


def test_the_command_locks_what_is_in_force_and_the_start_takes_it(tmp_path):
    pack(tmp_path, {}, {**LATER, "in_force_from": "2999-01-01", "id": '"b/later"'})
    assert main([str(tmp_path)]) == 0
    assert list(tomllib.loads(texts_of(tmp_path)[LOCK])["digests"]) == ["a/rule@2024-06-16"]
    assert len(load_rules(tmp_path, QUESTIONS).rules) == 2


def test_what_came_into_force_since_is_added_and_what_was_locked_stands(tmp_path):
    first = locked(pack(tmp_path, {"in_force_until": None}), DAY)
    both = pack(tmp_path, {}, LATER, lock=first)
    assert locked(both, date(2024, 12, 31)) == first, "nothing new: left as it is, its day too"
    after = tomllib.loads(locked(both, date(2025, 1, 1)))
    assert after["as_of"] == date(2025, 1, 1) and list(after["digests"]) == ["a/rule@2024-06-16", "a/rule@2025-01-01"]
    assert after["digests"].items() >= tomllib.loads(first)["digests"].items()


@pytest.mark.parametrize("rules", [[{"window_days": "364"}], [{"id": '"b/other"'}]], ids=["edited", "gone"])
def test_the_command_locks_nothing_over_a_rule_that_was_edited_or_taken_away(tmp_path, rules):
    first = locked(pack(tmp_path, {}), DAY)
    pack(tmp_path, *rules, lock=first)
    assert main([str(tmp_path)]) == 1
    assert texts_of(tmp_path)[LOCK] == first
