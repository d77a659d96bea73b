"""Does what cannot be taken stop only its own life, and come back when a person says so?"""

import subprocess
import sys
import time

import pytest

from deploy.local.services import CHECKOUT
from plumbing import recovery
from plumbing.catalogue import SchemaVersion
from plumbing.postgres import Database
from plumbing.step import Step
from services.referral_router.wiring import SERVICE
from services.social_registry.messages import PlaceHeld
from tests import stores
from tests.failures.forging import REPORT, forge
from tests.failures.reports import registered

pytestmark = [pytest.mark.failure, pytest.mark.stack]
LETTERS = "SELECT key, behind FROM dead_letters WHERE redriven_at IS NULL ORDER BY letter_id"
HELD = "social_registry.PlaceHeld"


@pytest.fixture
def router(stack, tmp_path, monkeypatch):
    with forge(stack.kafka, tmp_path, monkeypatch) as one:
        yield one


def wait_for_letters(router, letters):
    until = time.monotonic() + 10
    while router.rows(LETTERS) != letters:
        assert time.monotonic() < until, router.rows(LETTERS)
        time.sleep(0.05)


def redrive(router, *keys):
    environment = {"PATH": "", "QORGAN_KAFKA": router.kafka, "QORGAN_DSN_REFERRAL_ROUTER": router.dsn,
                   "QORGAN_KEYS": str(stores.keys_folder())}
    command = [sys.executable, "-m", "services.referral_router", "redrive", *keys]
    return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=30)


@pytest.mark.parametrize("garbage", [b"", b"\0", b"not avro at all", b"\0\0\0\0\x65\xff\xff\xff"], ids=repr)
def test_garbage_holds_the_later_messages_of_its_key_and_no_others(router, garbage):
    router.listen()
    router.say(1, "a", garbage)
    router.say(2, "a", router.report("a"))
    router.say(3, "b", router.report("b"))
    router.wait_for(["b"])
    wait_for_letters(router, [("a", False), ("a", True)])
    done = redrive(router, "a")
    assert done.returncode == 1 and "0 taken; stopped: Unreadable" in done.stdout
    assert router.rows(LETTERS) == [("a", False), ("a", True)]


def become_known(router):
    """The one shelter need there is turns out to be the unknown one, asked of a centre once."""
    need = router.rows("SELECT need_id FROM needs WHERE kind = 'shelter'")[0][0]
    router.rows("UPDATE needs SET need_id = 'unknown need', state = 'asked', attempt = 1, tried = '{cc}'"
                f" WHERE need_id = '{need}' RETURNING 1")
    router.rows("INSERT INTO attempts VALUES ('unknown need', 1, 'cc', now()) RETURNING 1")


def test_an_answer_about_an_unknown_need_waits_and_is_redriven_in_order(router):
    router.listen()
    opened = router.codec.encode(registered("r", consent="yes"))
    answer = router.codec.encode(PlaceHeld("unknown need", 1, b"k" * 32, registered("r").recorded_at))
    router.say(1, "unknown need", answer, event=HELD)
    router.say(2, "unknown need", answer, event=HELD)
    router.say(1, "r", opened)
    router.wait_for(["r"])
    wait_for_letters(router, [("unknown need", False), ("unknown need", True)])
    become_known(router)
    done = redrive(router)
    assert (done.returncode, done.stdout) == (0, "unknown need: 2 taken\n")
    assert router.rows("SELECT state FROM needs WHERE need_id = 'unknown need'") == [("held",)]
    assert router.rows(LETTERS) == []
    assert redrive(router).stdout == ""  # the second of two operators finds nothing to do
    router.say(3, "unknown need", answer, event=HELD)
    until = time.monotonic() + 10
    while router.rows("SELECT max(next_number) FROM inbox") != [(4,)]:
        assert time.monotonic() < until
    assert router.rows(LETTERS) == []


def test_an_unknown_schema_comes_back_by_itself_once_it_is_known(router):
    router.listen()
    value = router.report("a")
    router.say(1, "a", value[:1] + (9901).to_bytes(4, "big") + value[5:])
    router.say(2, "b", router.report("b"))
    router.wait_for(["b"])
    wait_for_letters(router, [("a", False)])
    step = Step(SERVICE, Database(router.dsn, "tests"))
    assert recovery.redrive_known_schemas(step) == 0
    known = router.catalogue.versions[int.from_bytes(value[1:5], "big")]
    step.codec._known = router.catalogue
    router.catalogue.versions[9901] = SchemaVersion(9901, known.event, 2, False, known.schema)
    assert recovery.redrive_known_schemas(step) == 1
    step.database.close()
    assert router.assessed() == ["a", "b"] and router.rows(LETTERS) == []


def test_a_strangers_message_holds_no_life_and_takes_no_number(router):
    router.listen()
    router.say(1, "a", router.report("forged"), owner="somebody_else")
    router.producer.send(router.topic(REPORT), b"no header at all", b"a", partition=0).get(10)
    router.say(1, "a", router.report("a"))
    router.say(2, "a", router.report("b"))
    router.wait_for(["a", "b"])
    held = [key for key, _ in router.rows(LETTERS)]
    assert len(held) == 2 and all(key.startswith("stranger/") for key in held)
