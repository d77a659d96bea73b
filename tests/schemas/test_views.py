"""Does every service read and say only what the schemas say, in types that fit?"""

import importlib
import types
from dataclasses import fields, make_dataclass
from datetime import date, datetime
from typing import get_args, get_type_hints

import pytest

from plumbing.codec import Codec
from tests.schemas import reading

SERVICES = ("police_intake", "referral_router", "health_narcology", "situation_monitor")
MODULES = [
    *(f"services.{name}.messages" for name in SERVICES),
    *(f"services.social_registry.messages.{part}" for part in ("referrals", "cards", "entries", "counts")),
    "services.police_intake.dispatch.incident",
    "services.police_intake.consent.messages", "services.police_intake.measures.said", "services.referral_router.consents",
    "services.police_intake.risk.messages", "services.referral_router.risks",
    "services.police_intake.erasing.acts", "services.referral_router.erasures",
]
FITTING = {"string": str, "int": int, "long": int, "boolean": bool, "bytes": bytes, "null": types.NoneType}


def classes():
    """Every dataclass of a service that stands for an event, also those in modules of another name."""
    found = {}
    for name in (*MODULES, "services.referral_router.said"):
        for cls in vars(importlib.import_module(name)).values():
            if isinstance(cls, type) and "event" in vars(cls) and cls.__module__ == name:
                found[f"{name.split('.')[1]} {cls.__name__}"] = cls
    return found


VIEWS = classes()
TOPICS = reading.toml("topics.toml")["topics"].values()
each_view = pytest.mark.parametrize("name", VIEWS)


def fits(hint, kind):
    """Has a Python type room for what an Avro type can hold, and for nothing else?"""
    wanted = {_python(branch) for branch in reading.branches(kind)}
    union = get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    return {getattr(one, "__origin__", one) for one in union} == wanted


def _python(branch):
    if not isinstance(branch, dict):
        return FITTING[branch]
    if branch.get("logicalType") == "timestamp-millis":
        return datetime
    if branch.get("logicalType") == "date":
        return date
    return tuple if branch["type"] == "array" else str


@each_view
def test_a_view_names_only_what_the_message_holds(name):
    cls = VIEWS[name]
    known = {field["name"]: field["type"] for field in reading.written()[cls.event]["fields"]}
    hints = get_type_hints(cls)
    wrong = [one.name for one in fields(cls) if one.name not in known or not fits(hints[one.name], known[one.name])]
    assert not wrong


@each_view
def test_whoever_says_an_event_says_all_of_it(name):
    cls = VIEWS[name]
    if cls.event.split(".")[0] == name.split()[0]:
        needed = {one["name"] for one in reading.written()[cls.event]["fields"] if "default" not in one}
        assert needed <= {one.name for one in fields(cls)}


@pytest.mark.parametrize(("hint", "kind"), [
    (str, ["null", "string"]), (str | None, "string"), (int, "string"), (str, {"type": "long", "logicalType": "timestamp-millis"}),
])
def test_a_type_that_does_not_fit_is_noticed(hint, kind):
    assert not fits(hint, kind)


def test_every_event_has_somebody_who_says_it():
    said = {cls.event for name, cls in VIEWS.items() if cls.event.split(".")[0] == name.split()[0]}
    outside = {event for topic in TOPICS if not topic.get("numbered", True) for event in topic["events"]}
    assert said | outside == set(reading.written())


def test_a_field_nobody_asked_for_never_becomes_a_python_value():
    file = next(file for _, event, _, file in reading.versions() if event == "police_intake.ReportRegistered")
    whole = VIEWS["police_intake ReportRegistered"](**{"violence": (), **reading.example_of(file)})
    small = make_dataclass("Small", [("report_id", str)], namespace={"event": whole.event}, frozen=True)
    assert vars(Codec().decode(Codec().encode(whole), {small.event: small})) == {"report_id": whole.report_id}
