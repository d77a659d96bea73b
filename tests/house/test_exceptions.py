"""Does every exception name a rule that exists and a reason, and is a stale one noticed?"""

import re

import pytest

from tests.house import tree


def test_every_exception_names_a_rule_and_gives_a_reason():
    rules = {
        rule for path in tree.python("tests") for rule in re.findall(r'hold\(\s*"([^"]+)"', tree.text(path))
    }
    assert set(tree.exceptions()) <= rules
    short = [key for kept in tree.exceptions().values() for key, why in kept.items() if len(why.split()) < 4]
    assert not short, f"give a reason of at least four words: {short}"


def test_an_exception_no_longer_needed_fails(monkeypatch):
    monkeypatch.setattr(tree, "exceptions", lambda: {"a rule": {"mended.py": "was broken long ago"}})
    with pytest.raises(AssertionError, match="no longer needed"):
        tree.hold("a rule", [])


def test_an_offender_without_an_exception_fails(monkeypatch):
    monkeypatch.setattr(tree, "exceptions", lambda: {})
    with pytest.raises(AssertionError, match=r"broken\.py"):
        tree.hold("a rule", {"broken.py": 300})
