"""The story of a woman who asks to be forgotten: topics, tables and backups give nothing, and every sum stays."""

import json
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest

from deploy.local.services import CHECKOUT
from plumbing import one_time
from plumbing.postgres import Database
from plumbing.sealing import Unopenable, unseal
from plumbing.vault import ring
from plumbing.vault.opening import open_vault
from services.police_intake.dispatch.keys import SETTING, read_keys
from simulation.reconciliation import reconcile
from tests import dumps, stores
from tests.checker.words import SERVICES
from tests.journeys import telling
from tests.police_intake import opened
from tests.police_intake.incidents import EXAMPLE
from tests.police_intake.journal_text import iin

pytestmark = [pytest.mark.journey, pytest.mark.stack]
POLICE, AKIMAT, INCIDENT = "police_intake", "social_registry", "incident-of-a-canary"
NUMBER = iin("77031487993")
HERS = ("Канарейкина", "канареикина", NUMBER, "1977-03-14", "ул. Канареечная", "709 123 45 67", "7091234567", "Била канарейку", "слово канарейка")
HER = {"name": "Канарейкина Зәуре", "birth_date": "1977-03-14", "iin": NUMBER, "sex": "female", "phone": "+7 709 123 45 67"}
COUNTS = "SELECT * FROM (SELECT 'tallies' AS t, to_jsonb(tallies)::text AS row FROM tallies UNION ALL SELECT 'places', to_jsonb(places)::text FROM places) r ORDER BY 1, 2"


def bodies_on_disk(world):
    """The bytes of all topics, as the broker keeps them."""
    return b"".join(path.read_bytes() for path in sorted(world.stack.broker.data.rglob("*.log")))


def tables(world, name):
    """Every row of every table of a database, bytes read as text too."""
    text = ""
    with closing(psycopg2.connect(world.stack.dsn(name))) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')")
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{schema}"."{table}" t')
            for (row,) in cursor.fetchall():
                text += row + "".join(bytes.fromhex(part.split('"')[0]).decode("utf-8", "replace") for part in row.split("\\\\x")[1:])
    return text


def police(world, *words):
    done = subprocess.run(
        [sys.executable, "-m", "services.police_intake", *words], cwd=CHECKOUT,
        env={"PATH": "", **world.environment()}, capture_output=True, text=True, timeout=120)
    return done.returncode, (done.stdout + done.stderr).splitlines()[-1]


def erase(world, *words):
    return police(world, "erase", *words)


def published(world, tmp_path):
    """A dispatch system told of her, with a mistake: it waits for an officer, and in Kafka it lies sealed."""
    told = telling.report(world)
    sealed = {"victim": {name: HER[name] for name in ("name", "birth_date", "iin")}, "station": told["station"], "territory": "1"}
    opened_ = {**EXAMPLE["open"], "recorded_at": (datetime.now(UTC) - timedelta(minutes=5)).isoformat()}
    file = tmp_path / "incident.json"
    file.write_text(json.dumps({**EXAMPLE, "incident_id": INCIDENT, "open": opened_, "sealed": {**EXAMPLE["sealed"], **sealed}}), "utf-8")
    command = [sys.executable, "docs/publish_an_incident/publish.py", world.services.endpoints()["kafka"], world.url(POLICE), file]
    assert subprocess.run(command, cwd=CHECKOUT, timeout=60).returncode == 0
    world.wait(lambda: world.sql(POLICE, "SELECT 1 FROM incidents WHERE incident_id = %s AND verdict = 'held'", INCIDENT))


def incidents_that_open(world):
    """What Kafka keeps of her incident, with every dispatch key that is left."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTING, world.environment()[SETTING])
        pairs = list(read_keys().by_id.values())
    found = []
    for one in world.checker.gather().wire:
        for pair in pairs if one.key == INCIDENT else ():
            try:
                found.append(str(unseal(one.body["sealed"], pair.private)))
            except Unopenable:
                continue
    return " ".join(found)


def sums(world):
    return reconcile(world.services.endpoints()["postgres"]), world.sql("situation_monitor", COUNTS)


def put_forward(world, by, *names):
    world.put_clock_forward(by, *names)
    world.rest()


def cards_that_open(world):
    """With every private key that is left anywhere: what stands on the sealed cards of all tables and journals."""
    with closing(Database(world.stack.dsn(AKIMAT), "tests")) as database, database.transaction() as tx:
        keys = one_time.opened(tx, tx.rows("SELECT need_id, attempt, private_key FROM keys.one_time"))
    sealed = [bytes(row[0]) for row in world.sql(AKIMAT, "SELECT sealed FROM referrals WHERE sealed IS NOT NULL")]
    found = []
    for card in sealed:
        for key in keys:
            try:
                found.append(str(unseal(card, key)))
            except Unopenable:
                continue
    return " ".join(found)


@pytest.fixture
def keys_of(world):
    """Opens with the keys of a service of this world; afterwards the test's own are back."""
    yield lambda name: open_vault(world.stack.keys, name)
    stores.use_keys()
    dumps.forget(world.stack)


def helped(world):
    """Two reports; hers leads to a stay that is over and to an entry that is open, so that the akimat holds her card."""
    contact = {"kind": "only_at", "detail": "слово канарейка"}
    hers = {"victim": HER, "children": 2, "address": "ул. Канареечная, 2", "narrative": "Била канарейку.", "safe_contact": contact}
    report = telling.post(world, telling.report(world, **hers))
    other = telling.post(world, telling.report(world, children=1))
    notice, shelter = (telling.need_id(world, report, kind) for kind in ("child_notice", "shelter"))
    telling.act(world, AKIMAT, notice, "visit")
    world.rest()
    telling.act(world, AKIMAT, notice, "enter_after_visit", code="police_notice")
    telling.act(world, AKIMAT, shelter, "arrived")
    telling.act(world, AKIMAT, shelter, "left")
    world.rest()
    return report, other, (notice, shelter)


def ordered(world, her):
    """By two people, and no other way."""
    assert erase(world, "request", her, "--by", "Айгүл", "--reason", "because")[0] == 1
    asked = erase(world, "request", her, "--by", "Айгүл", "--reason", "her_request")
    assert asked[0] == 0, asked
    assert erase(world, "approve", her, "--by", "Айгүл") == (1, "who asked for an erasure does not approve it: a second person must.")
    assert erase(world, "approve", her, "--by", "Дана")[0] == 0


def restored_with_todays_keys(world, path):
    """The backup, with the newest copy of the wrapped keys brought to it."""
    backup = dumps.restored(world.stack, path)
    with closing(Database(world.stack.dsn(POLICE), "tests")) as database, database.transaction() as tx:
        rows, present = ring.everything(tx), ring.wrapping(tx)
    opened.look(backup, lambda tx: ring.bring(tx, present, rows))
    return backup


def found_in(text):
    return [secret for secret in HERS if secret in text]


def test_an_erased_person_is_found_in_no_topic_table_or_backup_and_every_sum_stays(whole, keys_of, tmp_path):
    report, other, needs = helped(whole)
    published(whole, tmp_path)
    assert "Канарейкина" in incidents_that_open(whole)
    keys_of(POLICE)
    [her] = opened.people(whole.stack.dsn(POLICE), NUMBER)
    assert len(found_in(opened.everything(whole.stack.dsn(POLICE)))) >= 6
    keys_of(AKIMAT)
    assert "Канарейкина" in cards_that_open(whole)
    admins = whole.stack.admin_dsns()
    backups = {name: dumps.dump(admins[name], tmp_path / name, *dumps.WITHOUT_KEYS).decode() for name in SERVICES}
    ordered(whole, her)
    put_forward(whole, timedelta(days=13, hours=23))
    sums_before = sums(whole)
    put_forward(whole, timedelta(hours=2), POLICE)
    told = erase(whole, "status", her)[1]
    assert told.startswith("complete:") and "social_registry has acknowledged 2 of 2" in told, told
    assert sums(whole) == sums_before and sums_before[0]["exact"]
    assert not [secret for secret in HERS if secret.encode() in bodies_on_disk(whole)]
    assert not {name: found for name in SERVICES if (found := found_in(tables(whole, name) + backups[name]))}
    keys_of(POLICE)
    for dsn in (whole.stack.dsn(POLICE), restored_with_todays_keys(whole, tmp_path / POLICE)):
        left = opened.everything(dsn)
        assert not found_in(left) and other in left
    keys_of(AKIMAT)
    assert "Канарейкина" not in cards_that_open(whole)
    assert police(whole, "new-dispatch-key")[0] == 0 and police(whole, "new-dispatch-key", "--destroy-old")[0] == 0
    assert incidents_that_open(whole) == ""
    assert whole.sql(AKIMAT, "SELECT count(*) FROM keys.one_time WHERE need_id IN (%s, %s)", *needs) == [(0,)]
    assert "erased_at" in whole.see(report)
