"""Is everything refused that no rule allows, and does a scope mean the actor's own place?"""

import pytest

from plumbing.actors import ANYONE, NOBODY, Actor
from plumbing.authorising import EVERYWHERE, May, Object, Place, Rules, WrongAccess, allowed, fields_of, scope_of
from plumbing.permitting import read_access

RULES = Rules({
    ("clerk", "read", "thing"): May("station"), ("officer", "read", "thing"): May("region", frozenset({"colour"})),
    ("keeper", "read", "thing"): May("facility"), ("head", "read", "thing"): May("country"),
})
HERE, THERE, UNKNOWN = Place("KZ-1", "one", "a"), Place("KZ-2", "two", "b"), Place()
PEOPLE = {role: Actor(role, role, role, "KZ-1", "one", "a") for role in ("clerk", "officer", "keeper", "head")}


@pytest.mark.parametrize("role", PEOPLE)
def test_each_scope_reaches_the_own_place_and_only_the_country_reaches_further(role):
    assert allowed(RULES, PEOPLE[role], "read", Object("thing", (HERE,)))
    assert allowed(RULES, PEOPLE[role], "read", Object("thing", (THERE, HERE))), "it stands in both"
    assert allowed(RULES, PEOPLE[role], "read", Object("thing", (THERE,))) is (role == "head")
    assert allowed(RULES, PEOPLE[role], "read", Object("thing", (UNKNOWN,))) is (role == "head")


def test_what_no_rule_names_is_refused_to_everybody():
    for actor in (*PEOPLE.values(), NOBODY, Actor("x", "x", "anyone", "KZ-1", "one", "a")):
        for thing in (Object("thing", (HERE,)), Object("another", (HERE,)), Object("thing"), Object("another")):
            assert not allowed(RULES, actor, "write", thing)
    assert not allowed(RULES, NOBODY, "read", Object("thing"))


def test_somebody_of_no_place_has_nothing_that_stands_at_no_place():
    lost = Actor("c", "c", "clerk")
    assert not allowed(RULES, lost, "read", Object("thing", (UNKNOWN,))) and scope_of(RULES, lost, "read", "thing") is None


def test_a_thing_that_stands_nowhere_at_all_is_nobodys():
    assert not any(allowed(RULES, actor, "read", Object("thing", ())) for actor in PEOPLE.values())


def test_open_doors_are_one_actor_and_nobody_can_call_himself_so():
    assert allowed(RULES, ANYONE, "write", Object("another", (THERE,)))
    assert not allowed(RULES, Actor("open-doors", "", "anyone"), "write", Object("another"))


def test_lists_are_narrowed_to_the_scope_and_fields_to_the_rule():
    assert scope_of(RULES, PEOPLE["officer"], "read", "thing") == Place(region="KZ-1")
    assert scope_of(RULES, PEOPLE["head"], "read", "thing") == EVERYWHERE
    assert scope_of(RULES, PEOPLE["head"], "list", "thing") is None
    assert fields_of(RULES, PEOPLE["officer"], "read", "thing") == {"colour"}
    assert fields_of(RULES, PEOPLE["head"], "read", "thing") is None and fields_of(RULES, NOBODY, "read", "thing") == frozenset()


@pytest.mark.parametrize("told", [
    '[[may]]\nrole = "a"\naction = "b"\nobject = "c"\nscope = "world"',
    '[[may]]\nrole = ["a", "a"]\naction = "b"\nobject = "c"\nscope = "country"',
])
def test_rules_that_make_no_sense_are_refused_at_the_start(tmp_path, told):
    (tmp_path / "access.toml").write_text(told)
    with pytest.raises(WrongAccess):
        read_access(tmp_path)
