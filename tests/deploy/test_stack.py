"""Do a real broker and a real database stand up, fall and recover?"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import psycopg2
import pytest

from deploy.local import topics
from deploy.local.faults import Missing
from deploy.local.roles import SERVICES
from deploy.local.stack import Stack
from tests.deploy.conftest import POSTGRES

pytestmark = pytest.mark.stack


def ask(dsn: str, question: str):
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def cluster(stack: Stack) -> tuple[str, dict[str, int]]:
    client = topics.admin(stack.kafka)
    try:
        names = [topic["name"] for topic in client.describe_topics()]
        described = client.describe_topics(names)
        return (client.describe_cluster()["cluster_id"],
                {topic["name"]: len(topic["partitions"]) for topic in described})
    finally:
        client.close()


def test_every_topic_is_there_with_its_partitions_and_keeps_everything(stack):
    found = cluster(stack)[1]
    assert {name: found.get(name) for name in topics.partitions()} == topics.partitions()


def test_topics_can_be_asked_for_again(stack):
    before = cluster(stack)
    stack.create_topics()
    assert cluster(stack) == before


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_owns_its_database_and_enters_no_other(stack, service):
    assert ask(stack.dsn(service), "SELECT current_user, current_database()") == (service, service)
    other = next(name for name in SERVICES if name != service)
    with pytest.raises(psycopg2.OperationalError, match="permission denied"):
        ask(stack.database.dsn(service, other), "SELECT 1")


def test_passwords_are_needed_and_nobody_else_can_read_them(stack):
    with pytest.raises(psycopg2.OperationalError, match="password"):
        ask(f"postgresql://police_intake:wrong@127.0.0.1:{stack.database.port}/police_intake", "SELECT 1")
    kept = [file for file in (stack.folder / "passwords").rglob("*") if file.is_file()]
    assert len(kept) >= 5 and {stat.S_IMODE(file.stat().st_mode) for file in kept} == {0o600}
    assert stat.S_IMODE(stack.folder.stat().st_mode) & 0o066 == 0


def test_kazakh_letters_are_lowered_and_utf8_is_spoken(stack):
    dsn = stack.dsn("police_intake")
    assert ask(dsn, "SELECT lower('ӘҒҚҢӨҰҮҺІ'), current_setting('server_encoding')") == ("әғқңөұүһі", "UTF8")


def test_the_server_is_no_root(stack):
    outside = Path(f"/proc/{stack.database.pid}").stat().st_uid
    namespaced = os.readlink(f"/proc/{stack.database.pid}/ns/user") != os.readlink("/proc/self/ns/user")
    assert outside != 0 or namespaced


def test_after_kill_9_both_come_back_at_the_same_address_with_their_data(stack):
    ask(stack.dsn("police_intake"), "CREATE TABLE kept AS SELECT 42 AS answer")
    before = stack.environment(), cluster(stack)
    stack.broker.kill()
    stack.database.kill()
    assert stack.broker.pid is None and stack.database.pid is None
    stack.broker.start()
    stack.database.start()
    assert (stack.environment(), cluster(stack)) == before
    assert ask(stack.dsn("police_intake"), "SELECT answer FROM kept") == (42,)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux brings a whole file system to the disk by one call")
def test_who_waits_after_a_kill_waits_for_one_call_and_not_for_every_file(stack):
    assert ask(stack.admin_dsn, "SHOW recovery_init_sync_method") == ("syncfs",)


def test_a_start_while_all_runs_changes_nothing(stack):
    before = stack.broker.pid, stack.database.pid
    stack.start()
    assert (stack.broker.pid, stack.database.pid) == before


def test_a_frozen_broker_wakes(stack):
    stack.broker.pause()
    stack.broker.resume()
    assert stack.broker.is_ready()


def test_a_wiped_broker_is_a_new_cluster_with_the_same_topics(stack):
    old, _ = cluster(stack)
    address = stack.kafka
    stack.broker.wipe()
    new, found = cluster(stack)
    assert new != old and stack.kafka == address and set(topics.partitions()) <= set(found)


def test_a_database_for_one_test_comes_and_goes(stack):
    dsn = stack.create_database("test_store")
    ask(dsn, "CREATE TABLE left_over (x int)")
    assert ask(stack.create_database("test_store"), "SELECT to_regclass('left_over')") == (None,)
    stack.drop_database("test_store")
    with pytest.raises(psycopg2.OperationalError):
        ask(dsn, "SELECT 1")


def test_two_stacks_stand_side_by_side_and_leave_nothing(stack, tmp_path):
    second = Stack(tmp_path / "other", POSTGRES)
    second.start()
    ours, theirs = ({**one.environment(), "QORGAN_DOORS": one.folder} for one in (stack, second))
    pids = second.broker.pid, second.database.pid
    second.stop()
    assert {*ours.values()} & {*theirs.values()} <= {"open", "allow"}, "no address and no password is shared"
    assert all(pids) and second.broker.pid is None and second.database.pid is None
    assert stack.broker.is_ready() and stack.database.is_ready()


def test_two_stacks_do_not_share_a_folder(stack):
    with pytest.raises(Missing, match="another Qorgan works in"):
        Stack(stack.folder, POSTGRES).start()
    assert stack.broker.is_ready()


def test_a_damaged_class_cache_is_thrown_away_and_the_broker_starts(stack, tmp_path, monkeypatch):
    broken = tmp_path / "kafka.aot"
    monkeypatch.setattr("deploy.local.java.Java.aot", broken)
    broken.write_bytes(os.urandom(100_000))
    stack.broker.stop()
    stack.broker.start()
    assert stack.broker.is_ready()
