"""Does every event have one topic, one owner and known readers, and says the catalogue so?"""

import json
from dataclasses import dataclass, field

import pytest

from deploy.local import topics as deployed
from plumbing.relay import Relay
from plumbing.settings import Settings
from services.health_narcology.wiring import SERVICE as HEALTH
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.wiring import SERVICE as ROUTER
from services.situation_monitor.surges import APP_ID, CHANGELOG
from services.situation_monitor.wiring import SERVICE as MONITOR
from services.social_registry.wiring import SERVICE as SOCIAL
from tests.schemas import catalogue_table, reading
from tests.stores import NOW

TOPICS = reading.toml("topics.toml")["topics"]
SERVICES = {service.name: service for service in (POLICE, ROUTER, SOCIAL, HEALTH, MONITOR)}


def test_every_event_is_said_on_one_topic():
    said = sorted(event for topic in TOPICS.values() for event in topic["events"])
    assert said == sorted(reading.written())


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_belongs_to_the_one_who_says_its_events(name):
    owner = TOPICS[name]["owner"]
    assert name.split(".")[0] == owner.replace("_", "-") and (owner in SERVICES) == TOPICS[name].get("numbered", True)
    assert {event.split(".")[0] for event in TOPICS[name]["events"]} == {owner}


@pytest.mark.parametrize("name", TOPICS)
def test_every_event_of_a_topic_holds_the_topics_key(name):
    for event in TOPICS[name]["events"]:
        types = {one["name"]: one["type"] for one in reading.written()[event]["fields"]}
        assert types.get(TOPICS[name]["key"]) == "string", event


@pytest.mark.parametrize("name", TOPICS)
def test_every_reader_hears_what_is_said_to_it(name):
    for reader in TOPICS[name]["readers"]:
        assert set(TOPICS[name]["events"]) <= set(SERVICES[reader].views), f"{reader} has no route"


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_nobody_hears_an_event_that_is_not_said_to_them(service):
    said_to_it = {event for topic in TOPICS.values() if service.name in topic["readers"] for event in topic["events"]}
    assert set(service.views) <= said_to_it


def test_nothing_is_public_but_what_is_called_so():
    assert {name for name, topic in TOPICS.items() if not topic["readers"]} == {name for name in TOPICS if TOPICS[name].get("public")}


def test_the_app_that_keeps_windows_in_kafka_is_the_monitors_own():
    assert reading.toml("topics.toml")["apps"] == {APP_ID: {"owner": MONITOR.name}} and CHANGELOG.startswith(f"{APP_ID}-")


def test_no_topic_has_other_partitions_than_on_its_first_day():
    assert {name: topic["partitions"] for name, topic in TOPICS.items()} == reading.toml("digests.toml")["partitions"]


def test_the_catalogue_people_read_is_the_one_machines_read():
    shown = (reading.SCHEMAS / "README.md").read_text("utf-8")
    assert catalogue_table.table() in shown, "run `python -m tests.schemas.catalogue_table`"


def test_topics_are_made_to_keep_every_message(monkeypatch):
    made = {}

    class Admin:
        def list_topics(self):
            return []

        def create_topics(self, wanted, **_):
            made.update(wanted)

        def close(self):
            pass

    monkeypatch.setattr(deployed, "admin", lambda kafka, login: Admin())
    deployed.create("nowhere")
    assert {name: topic["configs"]["retention.ms"] for name, topic in made.items()} == dict.fromkeys(TOPICS, "-1")


@dataclass
class Caught:
    """A producer that keeps the headers it was given."""

    headers: list = field(default_factory=list)

    def send(self, topic, value, key, headers, *_, **__):
        self.headers += headers


def test_a_message_travels_with_the_headers_of_the_envelope():
    envelope = json.loads((reading.SCHEMAS / "envelope.avsc").read_text("utf-8"))
    caught, name = Caught(), next(name for name in TOPICS if TOPICS[name]["owner"] == "police_intake")
    line = ((name, 0), 7, "life", "police_intake.ReportCancelled", "an-id", NOW, b"\0\0\0\0\x67body")
    Relay(Settings("police_intake", "", ""), None, None)._send_one(caught, line)
    sent = {name.replace("-", "_"): value.decode() for name, value in caught.headers}
    assert set(sent) == {one["name"] for one in envelope["fields"]} and len(sent) == len(caught.headers)
    assert (sent["ce_subject"], sent["qorgan_number"], sent["ce_dataschema"]) == ("life", "7", "urn:qorgan:schema:103")
    assert (sent["ce_source"], sent["ce_type"]) == ("/qorgan/police_intake", "kz.qorgan.police_intake.ReportCancelled")
