"""A day full of canaries: is any of them found where its field must not be, however a report came and failed?"""

import pytest

from plumbing.vault.opening import open_vault
from tests import stores
from tests.leaks.left import CARDS, POLICE_COLUMNS
from tests.leaks.run import Run
from tests.police_intake import opened
from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.stack]


class Loud(World):
    """All that can be logged is logged; of Kafka's client by the one service that knows people, since it logs each poll."""

    def start(self, name, **extra):
        more = {"QORGAN_KAFKA_LOG": "DEBUG"} if name == "police_intake" else {}
        super().start(name, **{"QORGAN_LOG": "DEBUG", **more, **extra})


@pytest.fixture(scope="module")
def run(stack, tmp_path_factory):
    world = Loud(stack)
    world.begin()
    one = Run(world, tmp_path_factory.mktemp("leaks"))
    one.everything()
    yield one
    world.end()


def test_no_log_and_no_printed_line_holds_a_canary(run):
    assert run.logs() and {place: found for place, text in run.logs().items() if (found := run.canaries.found_in(text))} == {}


def test_our_own_sentences_withhold_nothing_that_somebody_on_duty_needs(run):
    told = "".join(text for place, text in run.logs().items() if place.endswith("social_registry.log"))
    assert "social_registry is up: step, relay" in told
    assert not [line for line in told.splitlines() if "(str)" in line and " DEBUG " not in line]


def test_no_metric_holds_a_canary(run):
    assert {name: found for name, text in run.metrics().items() if (found := run.canaries.found_in(text))} == {}


def test_no_problem_repeats_what_was_sent(run):
    problems = [answer for answer in run.answers if answer.status_code >= 400 and "html" not in answer.headers.get("content-type", "")]
    assert len(problems) > 40 and {answer.status_code for answer in problems} >= {404, 409, 413, 422, 503}
    assert {(str(one.request.url.path), tuple(found)) for one in problems if (found := run.canaries.found_in(one.content))} == set()


def test_no_address_leads_to_a_canary(run):
    leading = [answer.headers["location"] for answer in run.answers if "location" in answer.headers]
    assert leading and {place for place in leading if run.canaries.found_in(place)} == set()


def test_no_name_of_a_file_holds_a_canary(run):
    names = {path.name for folder in (run.world.stack.folder, run.folder) for path in folder.rglob("*")}
    assert len(names) > 1000 and run.canaries.found_in("\n".join(names)) == set()


def test_no_byte_on_kafka_holds_a_canary(run):
    assert run.said() and {topic: found for topic, value in run.said() if (found := run.canaries.found_in(value))} == {}


def test_no_other_services_table_holds_a_canary(run):
    found = run.columns("referral_router", "social_registry", "health_narcology", "situation_monitor")
    assert found == {}


def test_police_tables_hold_canaries_only_where_people_stand(run):
    found = run.columns("police_intake")
    assert found and set(found) <= POLICE_COLUMNS, "or the run proved nothing"


def test_what_lies_sealed_in_polices_tables_is_what_was_said_of_people(run):
    """Else the search of the tables would find nothing because nothing is in them."""
    open_vault(run.world.stack.keys, "police_intake")
    try:
        text = opened.everything(run.world.stack.dsn("police_intake"))
    finally:
        stores.use_keys()
    assert {"victim.name", "victim.iin", "respondent.name", "address", "narrative"} <= run.canaries.found_in(text)


def test_pages_of_others_show_no_more_than_their_card(run):
    shown = {name: run.canaries.found_in(pages) for name, pages in run.pages().items()}
    assert {name: fields - CARDS[name] for name, fields in shown.items()} == {name: set() for name in CARDS}
    assert shown["social_registry"], "or no card came"


def test_every_cause_of_what_was_set_aside_is_a_class_and_a_place_or_a_sentence_of_ours(run):
    causes = run.causes()
    assert causes and not [cause for cause in causes if run.canaries.found_in(cause)]
