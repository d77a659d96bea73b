"""Does Kafka keep no right that the catalogue does not give, and does the process list show no word that opens it?"""

import stat
import time
from contextlib import closing
from pathlib import Path

import pytest
from kafka.admin import ACL, ACLOperation, ACLPermissionType, ResourcePattern, ResourceType
from kafka.errors import ClusterAuthorizationFailedError, NoError

from deploy.local import acls, broker, endpoints, ports, topics, verbs
from deploy.local.broker import Broker
from deploy.local.faults import Missing
from deploy.local.services import Services
from deploy.local.stack import Stack
from tests.secure.expected import TOPICS

ALLOW, DENY = ACLPermissionType.ALLOW, ACLPermissionType.DENY
A_TOPIC = sorted(TOPICS)[0]


def strange(host, permission, user="User:stranger"):
    return ACL(user, host, ACLOperation.READ, permission, ResourcePattern(ResourceType.TOPIC, A_TOPIC))


def come_to(admin, wanted):
    """What a broker was told it shows a few seconds later; gives what is too much or lacks in the end."""
    until = time.monotonic() + 10
    while (found := set(admin.describe_acls(acls._any())[0])) != wanted and time.monotonic() < until:
        time.sleep(0.1)
    return found ^ wanted


@pytest.mark.stack
def test_a_right_of_one_host_and_one_that_forbids_are_taken_away_and_the_owners_stay(stack):
    catalogue = {acls._as_acl(right) for right in acls.rights(topics.CATALOGUE)}
    owner, reader = TOPICS[A_TOPIC]["owner"], TOPICS[A_TOPIC]["readers"][0]
    added = [strange("10.0.0.1", ALLOW), strange("*", DENY), strange("*", DENY, f"User:{owner}"),
             strange("10.0.0.1", ALLOW, f"User:{reader}")]
    with closing(topics.admin(stack.kafka, stack.login("admin"))) as admin:
        assert not admin.create_acls(added)["failed"]
        assert not come_to(admin, catalogue | set(added)), "they are there"
        stack.broker.furnish()
        assert not come_to(admin, catalogue)


def test_a_right_that_cannot_be_taken_away_is_told():
    class Admin:
        def describe_acls(self, _):
            return [strange("*", ALLOW)], NoError

        def delete_acls(self, filters):
            return [(one, [], ClusterAuthorizationFailedError) for one in filters]

    with pytest.raises(Missing, match=r"did not take rights away .*ClusterAuthorizationFailedError"):
        acls._give(Admin(), [])


@pytest.mark.stack
def test_nobody_reads_in_the_process_list_what_is_as_good_as_a_password(tmp_path, monkeypatch):
    shown = []

    def noted(command, **more):
        [file] = [Path(word[1:]) for word in map(str, command) if word.startswith("@")] or [None]
        shown.append((" ".join(map(str, command)), file and stat.S_IMODE(file.stat().st_mode), file and file.read_text()))
        return real(command, **more)

    real = broker.errand
    monkeypatch.setattr(broker, "errand", noted)
    one = Broker(tmp_path / "қорған a folder", secure=True)
    one.folder.mkdir()
    ports.kept(one.port_file)
    one._configure(one.folder / "kafka.properties", one.data)
    one._format()
    [(command, mode, words)] = shown
    assert "saltedpassword" not in command and "SCRAM" not in command
    assert mode == 0o600 and words.count("saltedpassword") == 2
    assert (one.data / "meta.properties").exists() and not list(one.folder.glob("*.new-*")), "the words are gone afterwards"


def test_services_that_knew_no_certificate_are_started_again_once_there_is_one(tmp_path, monkeypatch):
    monkeypatch.setattr(verbs, "VAR", tmp_path)
    for name in ("broker.pem", "ca.pem"):
        (tmp_path / name).touch()
    before = Services(Stack(tmp_path, secure=True))
    for server in (before.stack.broker, before.stack.database, *before.processes):
        ports.kept(server.port_file)
    before.issuer = "http://127.0.0.1:1"
    endpoints.write(tmp_path, before.endpoints())
    assert verbs._same(before)
    monkeypatch.setenv("TLS_CERT", str(tmp_path / "broker.pem"))
    monkeypatch.setenv("TLS_CA", str(tmp_path / "ca.pem"))
    assert not verbs._same(Services(Stack(tmp_path, secure=True)))


def test_a_certificate_for_open_doors_is_refused_in_one_sentence(tmp_path, monkeypatch):
    for name, file in (("TLS_CERT", "broker.pem"), ("TLS_CA", "ca.pem")):
        (tmp_path / file).touch()
        monkeypatch.setenv(name, str(tmp_path / file))
    with pytest.raises(Missing, match=r"^TLS needs closed doors: say SECURE=1 too\.$"):
        Stack(tmp_path).broker.start()
