"""The story of a dispatch system that speaks Kafka: it publishes, seals, repeats itself, errs, and is answered."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from kafka import KafkaProducer

from deploy.local.services import CHECKOUT
from tests.journeys import telling
from tests.police_intake.incidents import EXAMPLE, publish
from tests.talking import ask

pytestmark = [pytest.mark.journey, pytest.mark.stack]
POLICE = "police_intake"


@pytest.fixture
def published(whole, tmp_path):
    """published(name, …) → its verdict, after the program of docs/ has published it."""

    def one(name, **changes):
        body = telling.report(whole)
        recorded = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()
        sealed = {**EXAMPLE["sealed"], "kui_number": f"dispatch-{name}", "victim": {"name": body["victim"]["name"]},
                  "station": body["station"], "territory": body["territory"], **changes}
        incident = {"incident_id": f"incident-{name}", "open": {**EXAMPLE["open"], "recorded_at": recorded}, "sealed": sealed}
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(incident), "utf-8")
        return file

    return one


def say(world, *files):
    command = [sys.executable, "docs/publish_an_incident/publish.py", world.services.endpoints()["kafka"], world.url(POLICE)]
    assert subprocess.run([*command, *map(str, files)], cwd=CHECKOUT, timeout=60).returncode == 0


def verdict(world, name):
    def answered():
        status, told = ask("GET", f"{world.url(POLICE)}/incidents/incident-{name}")
        return told if status == 200 else None

    return world.wait(answered)


def test_a_published_incident_becomes_one_report_with_a_verdict_and_needs(whole, published):
    file, before = published("one"), reports(whole)
    say(whole, file, file)
    told = verdict(whole, "one")
    assert told["verdict"] == "accepted"
    whole.rest()
    needs = {need["kind"]: need["state"] for need in verdict(whole, "one")["needs"]}
    assert needs["shelter"] in ("answered", "asked", "with_person") and "child_notice" in needs
    say(whole, file)
    whole.wait(lambda: heard(whole) == 3)
    [(version,)] = whole.sql(POLICE, "SELECT version FROM reports WHERE report_id = %s", told["report_id"])
    assert (reports(whole), version) == (before + 1, 1)


def reports(world):
    """How many reports police keep in all."""
    return world.sql(POLICE, "SELECT count(*)::int FROM reports")[0][0]


def heard(world):
    """How many messages of the dispatch system police have taken in all."""
    return world.sql(POLICE, "SELECT sum(next_number - 1)::int FROM inbox WHERE topic = %s", publish.TOPIC)[0][0]


def test_what_is_broken_is_answered_or_kept_and_holds_nothing_up(whole, published):
    before = heard(whole)
    producer = KafkaProducer(bootstrap_servers=whole.services.endpoints()["kafka"], acks="all")
    for garbage in (b"", b"garbage", b"\0\0\0\x02\xbdcut"):
        producer.send(publish.TOPIC, garbage, b"incident-two").get(10)
    producer.close()
    say(whole, published("two", territory="1", victim={"name": "A", "shoe": 43}), published("three"))
    told = verdict(whole, "two")
    assert told["verdict"] == "held" and {one["field"] for one in told["errors"]} == {"territory", "victim.shoe"}
    assert verdict(whole, "three")["verdict"] == "accepted"
    whole.wait(lambda: heard(whole) == before + 5)
    letters = whole.sql(POLICE, "SELECT count(*)::int FROM dead_letters WHERE topic = %s AND redriven_at IS NULL", publish.TOPIC)
    assert letters == [(3,)], "bytes that are no message lie there, for a person"
    whole.sql(POLICE, "DELETE FROM dead_letters WHERE topic = %s RETURNING 1", publish.TOPIC)


def test_nothing_of_whom_it_is_about_can_be_read_on_the_wire(whole, published):
    say(whole, published("four", narrative="nobody may read this", address="secret street 1"))
    verdict(whole, "four")
    whole.rest()
    evidence = whole.checker.gather()
    told = [one for one in evidence.wire if one.topic == publish.TOPIC and one.key == "incident-four"]
    assert len(told) == 1 and len(told[0].body["sealed"]) % 4096 == 48  # a sealed box adds 48 bytes, whatever was written
    assert "secret street" not in str(evidence.wire) and "nobody may read" not in str(evidence.wire)


def test_a_service_killed_while_it_hears_takes_each_incident_once(whole, published):
    files, before = [published(f"many-{n}") for n in range(12)], reports(whole)
    say(whole, *files[:6])
    whole.services[POLICE].kill()
    say_without_asking(whole, files[6:])
    whole.mend()
    for n in range(12):
        assert verdict(whole, f"many-{n}")["verdict"] == "accepted"
    assert reports(whole) == before + 12


def say_without_asking(world, files):
    """Police are down: the key was asked for before."""
    from services.police_intake.dispatch.keys import published as of
    from services.police_intake.dispatch.keys import read_keys

    producer = KafkaProducer(bootstrap_servers=world.services.endpoints()["kafka"], acks="all")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QORGAN_DISPATCH_KEY_FILE", world.environment()["QORGAN_DISPATCH_KEY_FILE"])
        key = of(read_keys())
    for incident in (json.loads(file.read_text("utf-8")) for file in files):
        producer.send(publish.TOPIC, publish.value(incident, key), incident["incident_id"].encode()).get(10)
    producer.close()
