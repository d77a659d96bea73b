"""Is a rule in force left as it was read, but for the day it ends?"""

from plumbing.rule_order import LOCK
from tests.plumbing.test_rules import refusal, written


def locked(folder, **changes):
    """The lock line that the refusal of an unlocked rule asks for."""
    asked_for = refusal(folder, changes, lock="as_of = 2024-12-01\n[digests]\n")
    assert asked_for.startswith("law.toml:2: rule a/rule: it is in force and not locked: add ")
    return "as_of = 2024-12-01\n[digests]\n" + asked_for.partition("add ")[2].partition(" to ")[0] + "\n"


def test_a_rule_in_force_is_locked_and_its_end_is_the_one_thing_that_may_be_written_in(tmp_path):
    lock = locked(tmp_path / "first", in_force_until=None)
    assert len(written(tmp_path / "again", {"in_force_until": "2027-01-01"}, lock=lock).rules) == 1
    edited = refusal(tmp_path / "again", {"window_days": "364"}, lock=lock)
    assert edited.startswith("law.toml:2: rule a/rule: it is in force and was edited: let it end by in_force_until")


def test_a_rule_in_force_that_is_gone_is_missed(tmp_path):
    lock = locked(tmp_path / "first")
    assert refusal(tmp_path / "again", {"id": '"c/rule"', "in_force_from": "2024-12-02"}, lock=lock) == (
        f"{LOCK}: a/rule@2024-06-16 was in force and is gone: let it end by in_force_until instead")


def test_a_rule_of_a_later_day_is_added_without_a_lock(tmp_path):
    later = {"in_force_from": "2025-01-01", "in_force_until": None, "window_days": "180"}
    assert len(written(tmp_path / "again", {}, later, lock=locked(tmp_path / "first")).rules) == 2
