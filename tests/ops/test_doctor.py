"""Does the doctor see what is broken, say why, and name the mend; and is everything green when all is well?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import doctor, endpoints
from deploy.local.doctor import examine
from deploy.local.doctor.finding import Finding, as_json, as_text
from deploy.local.doctor.site import RESTART, find
from deploy.local.services import CHECKOUT
from tests.checker.words import SERVICES
from tests.world import Part

pytestmark = pytest.mark.stack
PATIENCE = 3.0


@pytest.fixture
def look(whole, monkeypatch):
    """What is red now, as (check, subject) → finding."""
    for name in ("QORGAN_KAFKA", *(f"QORGAN_DSN_{service.upper()}" for service in SERVICES)):
        monkeypatch.delenv(name, raising=False)
    file = endpoints.write(whole.stack.folder, whole.services.endpoints())

    def looked():
        return {(one.check, one.subject): one for one in examine(find(file, PATIENCE)) if not one.is_healthy}

    whole.wait(lambda: not looked(), 20)
    return looked


def run(whole, *words):
    command = [sys.executable, "-m", "deploy.local", "doctor", "--endpoints", str(endpoints.place(whole.stack.folder)), *words]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=60)


def test_a_healthy_qorgan_is_green_in_every_line_and_the_code_is_zero(whole, look):
    done = run(whole)
    assert (done.returncode, done.stderr) == (0, "") and "RED" not in done.stdout, done.stdout
    assert done.stdout.endswith("Everything is well.\n")
    told = json.loads(run(whole, "--json").stdout)
    assert told["healthy"] and not [one for one in told["findings"] if not one["healthy"]]
    checks = {one["check"] for one in told["findings"]}
    assert checks == {"broker", "database", "service", "parts", "outbox", "lag", "gap", "letters", "audit", "clocks", "tasks",
                      "disk", "doors"}
    assert sum("pages read through a role of their own" in one["sees"] for one in told["findings"]) == 5
    assert {one["subject"] for one in told["findings"] if one["check"] == "service"} == set(SERVICES)


def test_what_is_red_for_a_moment_and_well_at_the_second_look_is_no_fault(monkeypatch, capsys):
    looks = [[Finding("service", "s", "does not answer in time", "a slow disk", "wait")], [Finding("service", "s", "answers")]]
    monkeypatch.setattr(doctor, "AGAIN", 0)
    monkeypatch.setattr(doctor, "examine", lambda site: looks.pop(0))
    assert doctor.doctor(endpoints.place(Path("nowhere")), PATIENCE, json=False) == 0
    assert "RED" not in capsys.readouterr().out and not looks


def test_the_doctor_says_no_password_and_no_person(whole, look):
    taken = whole.post(whole.bodies(3))
    done = run(whole)
    secrets = [dsn.split(":")[2].split("@")[0] for dsn in whole.services.endpoints()["postgres"].values()]
    assert taken and not [secret for secret in secrets if secret in done.stdout]


def test_a_service_killed_with_nine_is_named_and_make_up_mends_it(whole, look):
    whole.services["health_narcology"].kill()
    red = look()
    gone = red["service", "health_narcology"]
    assert gone.sees == "does not answer" and gone.mend == "make up"
    assert "its process is gone" in gone.cause
    assert {subject for _, subject in red} == {"health_narcology"}  # nobody else is blamed
    assert run(whole, "--patience", "3").returncode == 1


def test_a_frozen_service_is_told_apart_from_a_dead_one(whole, look):
    whole.services["social_registry"].pause()
    frozen = look()["service", "social_registry"]
    assert frozen.sees == "does not answer in time" and frozen.mend == RESTART
    whole.services["social_registry"].resume()


def test_a_stopped_broker_is_the_first_red_line_and_the_outbox_says_why_it_waits(whole, look):
    whole.stack.broker.kill()
    whole.post(whole.bodies(2))
    whole.wait(lambda: ("outbox", "police_intake") in look())
    red = look()
    assert next(iter(red))[0] == "broker"
    broker = next(iter(red.values()))
    assert broker.sees == "does not answer" and "its process is gone" in broker.cause and broker.mend == "make up"
    assert red["outbox", "police_intake"].cause.startswith("Kafka does not answer")
    assert not [check for check, _ in red if check in ("service", "database", "parts")]


def test_a_service_without_its_relay_is_found_though_its_page_answers(whole, look):
    whole.post(whole.bodies(2))
    whole.rest()
    whole.services["police_intake"].kill()
    part = Part(whole, "police_intake", "step", "minutes", "web")
    part.port_file.write_text(str(whole.services["police_intake"].port))
    part.begin()
    part.wait_until_ready()
    whole.sql("police_intake", "UPDATE outbox_cursors SET sent_number = sent_number - 1 WHERE sent_number > 0 RETURNING 1")
    red = whole.wait(lambda: found if ("outbox", "police_intake") in (found := look()) else None)
    assert red["parts", "police_intake"].sees == "its relay does not run"
    assert "its relay does not run" in red["outbox", "police_intake"].cause
    assert red["outbox", "police_intake"].mend == RESTART
    assert {subject for _, subject in red} == {"police_intake"}
    part.stop()


def test_a_letter_set_aside_is_red_and_its_words_are_not_repeated(whole, look):
    whole.sql("referral_router", "INSERT INTO dead_letters (topic, partition, number, key, message_id, value, cause, behind,"
              " set_aside_at) VALUES ('t', 0, 1, 'a life', 'm', '', 'ValueError: Айгүл said', false, now()) RETURNING 1")
    letters = look()["letters", "referral_router"]
    assert letters.sees == "1 messages could not be taken" and "1 × ValueError" in letters.cause
    assert "Айгүл" not in str(letters) and letters.mend.endswith("python -m services.referral_router redrive")
    whole.sql("referral_router", "DELETE FROM dead_letters WHERE topic = 't' RETURNING 1")


def test_an_act_past_its_time_is_red_and_no_command_is_promised(whole, look):
    whole.sql("police_intake", "INSERT INTO tasks VALUES ('x', 'held', 'duty_officer', 'why', '', 'x', now(), now() - '1 h'::interval) RETURNING 1")
    red = whole.wait(lambda: look().get(("tasks", "police_intake")))
    assert red.sees == "1 held overdue" and red.mend.startswith("no command mends this")
    whole.sql("police_intake", "DELETE FROM tasks WHERE subject = 'x' RETURNING 1")


def test_messages_that_lie_untaken_are_counted_from_both_ends(whole, look):
    whole.services["referral_router"].kill()
    whole.post(whole.bodies(3))
    red = whole.wait(lambda: found if ("lag", "referral_router") in (found := look()) else None)
    assert "messages lie untaken" in red["lag", "referral_router"].sees


def test_another_kafka_under_old_databases_is_told_before_anybody_guesses(whole, look):
    whole.sql("social_registry", "UPDATE inbox SET cluster_id = 'another' RETURNING 1")
    other = next(one for one in look().values() if one.check == "broker")
    assert other.sees == "is another Kafka than before" and "social_registry" in other.cause and "recover" in other.mend
    cluster = whole.sql("referral_router", "SELECT DISTINCT cluster_id FROM inbox")[0][0]
    whole.sql("social_registry", "UPDATE inbox SET cluster_id = %s RETURNING 1", cluster)


def test_a_database_that_is_gone_is_red_and_so_are_those_who_lean_on_it(whole, look):
    whole.stack.database.kill()
    red = look()
    assert {subject for check, subject in red if check == "database"} == set(SERVICES)
    assert all(red["database", name].mend == "make up" for name in SERVICES)
    assert all("its database" in red["service", name].cause for name in SERVICES)


def test_a_migration_that_is_not_applied_is_seen_by_name(whole, look):
    kept = whole.sql("police_intake", "DELETE FROM migrations WHERE room = 'service' RETURNING room, name, digest")
    assert look()["database", "police_intake"].cause.startswith(f"{kept[0][1]} is not applied")
    for row in kept:
        whole.sql("police_intake", "INSERT INTO migrations (room, name, digest) VALUES (%s, %s, %s) RETURNING 1", *row)


def test_where_nothing_runs_one_line_says_how_to_begin(tmp_path):
    found = examine(find(tmp_path / "endpoints.json", PATIENCE, {}))
    assert [one.mend.split(";")[0] for one in found] == ["make up"]


def test_an_outside_qorgan_is_found_by_the_environment_and_not_told_to_make_up(tmp_path):
    given = {"QORGAN_KAFKA": "127.0.0.1:1", "QORGAN_URL_POLICE_INTAKE": "http://127.0.0.1:1",
             "QORGAN_DSN_POLICE_INTAKE": "postgresql://nobody@127.0.0.1:1/none"}
    found = examine(find(tmp_path / "endpoints.json", PATIENCE, given))
    assert [(one.check, one.subject) for one in found if not one.is_healthy] == [
        ("broker", "127.0.0.1:1"), ("database", "police_intake"), ("service", "police_intake")]
    assert not [one for one in found if "make up" in one.mend]


def test_red_lines_come_last_with_cause_and_mend():
    told = as_text([Finding("broker", "k", "is away", "it died", "make up"), Finding("disk", "/", "free")], colours=False)
    assert told.splitlines()[:4] == [  # however the two were found
        "well  disk      /: free", "RED   broker    k: is away", "        why:  it died", "        mend: make up"]
    assert json.loads(as_json([Finding("disk", "/", "free")])) == {"healthy": True, "findings": [
        {"healthy": True, "check": "disk", "subject": "/", "sees": "free", "cause": "", "mend": ""}]}
