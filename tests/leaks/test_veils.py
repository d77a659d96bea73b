"""Does what holds a person show no value when it is printed, formatted or put into an error?"""

import dataclasses
import importlib
import json
import pkgutil
from typing import Any

import pydantic
import pytest

from plumbing.dead_letters import Letter
from plumbing.forms import Form
from plumbing.sealing import Secret
from plumbing.service import Heard, Origin
from services import police_intake

CANARY = "Ахметова Айгүл"
# What a field of a person or of what is told about one is called; `by` and `officer` name staff.
PERSONAL = {"name", "folded_name", "iin", "phone", "address", "address_key", "narrative", "detail", "content", "fields", "victim", "respondent",
            "safe_contact", "safe_contact_detail", "cells", "extra", "person", "report", "officer", "kui_number", "identity", "birth_date",
            "body", "answers", "registers", "outcome_text", "weapon", "value"}


def modules():
    for one in pkgutil.walk_packages(police_intake.__path__, "services.police_intake."):
        if not one.name.endswith("__main__"):
            yield importlib.import_module(one.name)


def classes():
    found = {Heard, Origin, Letter, Form}
    for module in modules():
        found |= {kind for kind in vars(module).values() if isinstance(kind, type) and kind.__module__ == module.__name__}
    return sorted((kind for kind in found if names(kind)), key=lambda kind: f"{kind.__module__}.{kind.__name__}")


def names(kind) -> set[str]:
    if dataclasses.is_dataclass(kind):
        fields = {field.name for field in dataclasses.fields(kind)}
    elif issubclass(kind, pydantic.BaseModel):
        fields = set(kind.model_fields)
    else:
        fields = set(getattr(kind, "_fields", ()))
    return fields & PERSONAL


def filled(kind) -> Any:
    """An instance with the canary in every personal field, made past all checks."""
    if issubclass(kind, pydantic.BaseModel):
        return kind.model_construct(**dict.fromkeys(kind.model_fields, CANARY))
    if issubclass(kind, tuple):
        return kind(*[CANARY] * len(kind._fields))
    made = object.__new__(kind)
    for field in dataclasses.fields(kind):
        object.__setattr__(made, field.name, CANARY)
    return made


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: f"{kind.__module__.removeprefix('services.')}.{kind.__name__}")
def test_nothing_that_holds_a_person_tells_a_value_in_a_text(kind):
    made = filled(kind)
    for text in (repr(made), str(made), f"{made}", f"{made!r}", f"{[made]}", repr({"one": made})):
        assert CANARY not in text
    assert kind.__name__ in repr(made)


def test_a_model_that_refuses_a_value_does_not_repeat_it_in_its_error():
    from services.police_intake.web.body import ReportBody

    with pytest.raises(pydantic.ValidationError) as refused:
        ReportBody.model_validate({"victim": {"iin": CANARY}, "territory": CANARY})
    assert CANARY not in str(refused.value)


def test_a_private_key_tells_nothing_of_itself_in_any_text():
    key = Secret(b"private")
    assert {repr(key), str(key), f"{key}", f"{key!s:>3}"} == {"(secret)"} and "private" not in json.dumps([str(key)])
