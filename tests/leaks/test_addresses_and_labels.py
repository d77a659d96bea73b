"""Can an address, a label of a metric or a spreadsheet carry a person?"""

import re

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from plumbing import metrics
from services.health_narcology.wiring import SERVICE as HEALTH
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.wiring import SERVICE as ROUTER
from services.situation_monitor.exports import as_csv, harmless
from services.situation_monitor.wiring import SERVICE as MONITOR
from services.social_registry.wiring import SERVICE as SOCIAL
from tests.house import tree

SERVICES = (POLICE, ROUTER, SOCIAL, HEALTH, MONITOR)
# What may stand behind the ? of an address: places of lists, closed words, days, ids that were drawn.
ASKED = {"page", "key", "seen", "back"}
IN_PATHS = {"report_id", "held_id", "person_id", "need_id", "entry_id", "name", "language", "digest", "incident_id", "notice_id",
            "version", "measure_id", "parked_id", "shift_id"}
READ_BY_HAND = {"station", "state", "day", "begins", "hours", "done", "kind", "region", "queue", "facility", "owner", "q", "page",
                "language", "code", "error", "iss"}  # the last three: what the issuer of logins sends back
LABELS = {"service", "topic", "outcome", "event", "dependency", "version", "python", "kind", "state", "queue", "region", "reason", "verdict",
          "le", "channel", "regime", "code", "place", "ground", "handed", "within",
          "holder"}


class Paper:
    """A desk that is only asked which pages there are."""

    def __getattr__(self, name):
        return self if name != "speeches" else {}

    def __call__(self, *_, **__):
        return self

    def __iter__(self):
        return iter(())


def routes(service):
    app = FastAPI()
    service.add_pages(app, Paper())
    return [route for route in app.routes if isinstance(route, APIRoute)]


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_no_address_has_room_for_a_person(service):
    for route in routes(service):
        assert {field.name for field in route.dependant.query_params} <= ASKED, route.path
        assert set(re.findall(r"{(\w+)}", route.path)) <= IN_PATHS, route.path


def test_what_pages_read_from_an_address_by_hand_is_a_closed_list_too():
    texts = [tree.text(path) for path in tree.python("services", "plumbing")] + [tree.text(path) for path in tree.texts() if path.suffix == ".html"]
    read = {name for text in texts for name in re.findall(r"query_params(?:\.get\(|\[)[\"'](\w+)", text)}
    read |= {name for text in texts for names in re.findall(r"query_params\.get\(name[^)]*\) for name in \(([^)]*)\)", text)
             for name in re.findall(r"\w+", names)}
    assert read <= READ_BY_HAND and "day" in read


def test_a_form_that_is_sent_by_address_asks_for_nobody():
    for path in (one for one in tree.texts() if one.suffix == ".html" and tree.name(one).split("/")[0] in ("services", "plumbing")):
        forms = re.findall(r"<form[^>]*method=\"get\"[^>]*>.*?</form>|{% call filter\(.*?{% endcall %}", tree.text(path), re.S)
        asked = {name for form in forms for name in re.findall(r"(?:name=\"|(?:text|select|area|radios|date)\(form, \")(\w+)\"", form)}
        assert asked <= READ_BY_HAND, tree.name(path)


def test_every_label_of_a_metric_is_one_of_a_closed_list():
    own = {label for service in SERVICES if service.gauges for figure in service.gauges.figures for label in figure.labels}
    shared = {label for one in vars(metrics).values() if hasattr(one, "_labelnames") for label in one._labelnames}
    assert own | shared <= LABELS
    closed = [values for service in SERVICES if service.gauges for figure in service.gauges.figures for values in figure.labels.values()]
    assert closed and all(len(values) for values in closed)


@pytest.mark.parametrize("cell", ["=1+1", "+7", "-1", "@sum", "\tx", "\rx", "\n=1", " =1", "＝1", "＋1", "－1", "＠x"])
def test_no_cell_of_a_spreadsheet_is_taken_for_a_formula(cell):
    assert harmless(cell) == f"'{cell}" and harmless("Pavlodar") == "Pavlodar" and harmless(-3) == -3
    assert as_csv
