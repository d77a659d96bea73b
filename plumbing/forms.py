"""How does a form become an act? Read at the edge, ordered once, shown again with its errors, then led on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData

from plumbing.actors import signature
from plumbing.problems import BadField, Problem, wants_page
from plumbing.service import CommandRefused
from plumbing.texts import N_

if TYPE_CHECKING:
    from plumbing.acts import LastAct
    from plumbing.pages import Desk

WRONG = {
    "missing": N_("Fill this in"),
    "string_too_long": N_("Shorten this to %(max_length)s characters"),
    "string_too_short": N_("Write at least %(min_length)s characters"),
    "string_pattern_mismatch": N_("This is not written as it should be"),
    "enum": N_("Choose one of the list"),
    "literal_error": N_("Choose one of the list"),
    "int_parsing": N_("Write a whole number"),
    "greater_than_equal": N_("Write %(ge)s or more"),
    "less_than_equal": N_("Write %(le)s or less"),
    "date_from_datetime_parsing": N_("Choose a date"),
    "datetime_from_date_parsing": N_("Choose a date and a time"),
    "bool_parsing": N_("Choose yes or no"),
}
OTHERWISE = N_("This cannot be read: correct it")
Name = Annotated[str, Field(max_length=100)]


class Fields(BaseModel):
    """Base of what a form may hold. A validator's ValueError text is shown beside its field: mark it with N_."""

    model_config = ConfigDict(str_strip_whitespace=True, extra="ignore", hide_input_in_errors=True)

    def __repr_args__(self) -> tuple[()]:
        """Shown without values, whatever it comes into."""
        return ()


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one field: a text of ours, and what is put into it."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Form:
    """A form as it came: what was typed, what it means, what is wrong with it, and why the act was refused."""

    typed: Mapping[str, Any] = field(default_factory=dict)
    value: Any = None
    errors: Mapping[str, Wrong] = field(default_factory=dict)
    refused: CommandRefused | None = None
    last: LastAct | None = None
    status: int = 200

    def at(self, **place: str) -> Form:
        """This form if it was sent from that place of the page, else an empty one: a list has many forms."""
        return self if all(self.typed.get(name) == value for name, value in place.items()) else EMPTY


EMPTY = Form()


async def _typed(request: Request) -> FormData:
    return await request.form()


Typed = Annotated[FormData, Depends(_typed)]


def read(fields: type[BaseModel], typed: Mapping[str, Any]) -> Form:
    """The form's meaning, or every field that is wrong. An empty field counts as not given; who logged in signs."""
    given = {name: value for name in typed if (value := _value(fields, typed, name)) not in ("", [])}
    if (name := signature("")) and "by" in fields.model_fields:
        given["by"] = name
    try:
        return Form(given, fields.model_validate(given))
    except ValidationError as error:
        found = {str(one["loc"][0]) if one["loc"] else "": _wrong(one) for one in reversed(error.errors())}
        return Form(given, None, found, status=422)


@dataclass(frozen=True)
class Post:
    """One form's way: its fields, the (command, key) they order, the page that shows it again, where it leads.

    The command holds only what was typed, so that the same form sent twice is the same command.
    `confirms`, if given, shows a page to be confirmed first; its button sends the same fields and confirmed=yes.
    """

    fields: type[BaseModel]
    orders: Callable[[Any], tuple[Any, str]]
    shows: Callable[[Request, Form], Response]
    leads_to: Callable[[Any], str]
    confirms: Callable[[Request, Form], Response] | None = None

    def answer(self, desk: Desk, request: Request, typed: FormData) -> Response:
        form = read(self.fields, typed)
        if form.errors:
            return self._again(request, form, _bad(form))
        if self.confirms and wants_page(request) and typed.get("confirmed") != "yes":
            return self.confirms(request, form)
        command, key = self.orders(form.value)
        refused, last = desk.refusal(desk.act(command, key, str(typed.get("act_id", ""))), key)
        if refused:
            form = replace(form, refused=refused, last=last, status=409)
            return self._again(request, form, Problem(409, refused.kind, refused.detail))
        return RedirectResponse(self.leads_to(form.value) + ("?done=1" if wants_page(request) else ""), 303)

    def _again(self, request: Request, form: Form, problem: Problem) -> Response:
        """People get the page again, with all they typed; machines a problem."""
        if not wants_page(request):
            raise problem
        return self.shows(request, form)


def _value(fields: type[BaseModel], typed: Mapping[str, Any], name: str) -> Any:
    known = fields.model_fields.get(name)
    many = known is not None and str(known.annotation).startswith(("list", "tuple"))
    if many and isinstance(typed, FormData):
        return [one for one in typed.getlist(name) if one != ""]
    return value.strip() if isinstance(value := typed[name], str) else value


def _wrong(error: Any) -> Wrong:
    if error["type"] == "value_error":
        return Wrong(str(error["ctx"]["error"]))
    return Wrong(WRONG.get(error["type"], OTHERWISE), error.get("ctx", {}))


def _bad(form: Form) -> Problem:
    rules = {name: wrong.text % dict(wrong.values) if wrong.values else wrong.text for name, wrong in form.errors.items()}
    errors = [BadField(name, rule, "correct it") for name, rule in rules.items()]
    return Problem(422, "bad-fields", "the form breaks these rules", errors)
