"""Does a batch decide as if its messages had come one by one?"""

import json
import re

import pytest

from plumbing.deciding import Bench, Undecided, decide_all
from plumbing.service import Heard
from tests.plumbing.ledger import LEDGER, UNLUCKY, Add, told
from tests.stores import NOW


def bench(held=(), **totals):
    return Bench({("total", life): total for life, total in totals.items()}, set(held), NOW, lambda message_id: b"seed")


def said(decided):
    return [(event.need_id, event.attempt) for _, events, _ in decided.events for event in events]


def letters(decided):
    return [(heard.message_id, cause, behind) for heard, cause, behind in decided.letters]


def test_the_second_message_sees_what_the_first_changed():
    decided = decide_all(LEDGER, [told("a", 1, 1), told("b", 10, 2), told("a", 2, 3)], bench(a=5))
    assert said(decided) == [("a", 6), ("b", 10), ("a", 8)]


def test_a_message_that_cannot_be_decided_holds_its_key_and_no_other():
    decided = decide_all(LEDGER, [told("a", UNLUCKY, 1), told("b", 1, 2), told("a", 2, 3)], bench())
    assert said(decided) == [("b", 1)]
    (first, cause, behind), *others = letters(decided)
    assert (first, behind) == ("m/1", False) and re.fullmatch(r"ValueError at tests/plumbing/ledger\.py:\d+ grow", cause)
    assert others == [("m/3", "waits behind an earlier letter", True)]


def test_a_key_that_was_held_before_waits_on():
    decided = decide_all(LEDGER, [told("a", 1, 1), told("b", 1, 2)], bench(held=["a"]))
    assert said(decided) == [("b", 1)]
    assert letters(decided) == [("m/1", "waits behind an earlier letter", True)]


def test_what_could_not_be_read_is_set_aside_with_its_cause():
    unread = Heard(None, "m/1", "a", told("a", 1, 1).origin, "body does not fit")
    decided = decide_all(LEDGER, [unread, told("a", 2, 2)], bench())
    assert letters(decided) == [("m/1", "body does not fit", False), ("m/2", "waits behind an earlier letter", True)]


def test_an_event_nobody_here_asked_for_only_moves_the_watermark():
    decided = decide_all(LEDGER, [Heard(None, "m/1", "a", told("a", 1, 1).origin)], bench())
    assert (decided.events, decided.letters, decided.rows) == ([], [], [])


def test_a_command_that_fails_tells_the_one_who_gave_it():
    with pytest.raises(Undecided, match="ValueError at tests"):
        decide_all(LEDGER, [Heard(Add("a", UNLUCKY), "command/1", "a")], bench())


def test_a_decision_row_keeps_what_was_seen_and_nothing_else():
    [row] = decide_all(LEDGER, [told("a", 1, 1)], bench(a=5, b=7)).rows
    message_id, heard, key, at, seed, law, message, seen, decided, found = row
    assert (message_id, heard, key, at, seed, law) == ("m/1", "Add", "a", NOW, b"seed", "no law")
    assert (json.loads(message), json.loads(seen)) == ({"type": "Add", "need_id": "a", "amount": 1}, {"total/a": 5})
    assert (json.loads(decided), json.loads(found)) == ([{"type": "Grown", "need_id": "a", "attempt": 6}], [])
