"""What makes the local Kafka ask everybody for name and password, and speak TLS where a certificate is given?"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from deploy.local.faults import Missing
from deploy.local.passwords import password, write_private
from deploy.local.principals import ADMIN, BROKER

ITERATIONS = 4096
OPEN = """\
listeners=CLIENT://127.0.0.1:{port},CONTROLLER://127.0.0.1:0
listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=CLIENT
"""
# The controller's port asks for a password too: if the anonymous were a super user there, any local process could change all.
CLOSED = """\
listeners=CLIENT://127.0.0.1:{port},CONTROLLER://127.0.0.1:0
listener.security.protocol.map=CLIENT:{protocol},CONTROLLER:SASL_PLAINTEXT
inter.broker.listener.name=CLIENT
sasl.enabled.mechanisms=SCRAM-SHA-256
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-256
sasl.mechanism.controller.protocol=PLAIN
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
username="{broker}" password="{word}" user_{broker}="{word}";
listener.name.client.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \
username="{broker}" password="{word}";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:{broker};User:{admin}
allow.everyone.if.no.acl.found=false
"""
TLS = """\
listener.name.client.ssl.keystore.type=PEM
listener.name.client.ssl.keystore.location={certificate}
listener.name.client.ssl.truststore.type=PEM
listener.name.client.ssl.truststore.location={ca}
"""


@dataclass(frozen=True)
class Certificate:
    """PEM files: the broker's key (PKCS#8) and certificates in one, and the authority by which clients know it."""

    file: str = ""
    ca: str = ""

    @classmethod
    def from_environment(cls) -> Certificate:
        """TLS_CERT and TLS_CA of make; both or none."""
        given = [os.environ.get(name, "") for name in ("TLS_CERT", "TLS_CA")]
        if any(given) and not all(given):
            raise Missing("TLS_CERT and TLS_CA go together: name the broker's PEM file and that of its authority.")
        lacking = [file for file in given if file and not Path(file).is_file()]
        if lacking:
            raise Missing(f"{lacking[0]} is not there: name the PEM files in TLS_CERT and TLS_CA.")
        return cls(*(str(Path(file).resolve()) if file else "" for file in given))


class Doors:
    """Whether the Kafka of this folder is closed, who has which password, and what the broker must be told for it."""

    def __init__(self, folder: Path, closed: bool = False) -> None:
        self.folder, self._kept = folder, folder / "secure.json"
        self.closed = closed or self._kept.exists()
        given = Certificate.from_environment()
        self.certificate = given if given.file or not self._kept.exists() else Certificate(**json.loads(self._kept.read_text()))

    def check(self) -> None:
        """Raises Missing where a certificate would be given for nothing."""
        if self.certificate.file and not self.closed:
            raise Missing("TLS needs closed doors: say SECURE=1 too.")

    def keep(self) -> None:
        """Once closed, a folder stays closed."""
        if self.closed:
            write_private(self._kept, json.dumps(asdict(self.certificate)) + "\n")

    @property
    def has_users(self) -> bool:
        """Were the first users made at the format? It draws their passwords, also where the doors are open."""
        return (self.folder / "passwords" / "kafka" / ADMIN).exists()

    def login(self, user: str) -> dict[str, str]:
        """The environment of a process that speaks to Kafka as this user; empty while the doors are open."""
        if not self.closed:
            return {}
        ca = {"QORGAN_KAFKA_CA": self.certificate.ca} if self.certificate.ca else {}
        return {"QORGAN_KAFKA_USER": user, "QORGAN_KAFKA_PASSWORD_FILE": str(self.password_file(user)), **ca}

    def password_file(self, user: str) -> Path:
        password(self.folder, f"kafka/{user}")      # drawn now if it was not yet
        return self.folder / "passwords" / "kafka" / user

    def passwords(self, users: Sequence[str]) -> dict[str, str]:
        return {user: password(self.folder, f"kafka/{user}") for user in users}

    def settings(self, port: int) -> str:
        """The broker's listeners, and who may pass them."""
        if not self.closed:
            return OPEN.format(port=port)
        tls = self.certificate
        told = CLOSED.format(port=port, protocol="SASL_SSL" if tls.file else "SASL_PLAINTEXT", broker=BROKER, admin=ADMIN,
                             word=password(self.folder, f"kafka/{BROKER}"))
        return told + (TLS.format(certificate=latin(tls.file), ca=latin(tls.ca)) if tls.file else "")

    def first_users(self) -> list[str]:
        """Words for the format: the two without whom nobody could make the others.

        They go into a file: what is salted is worth as much as the password, and the process list shows every word.
        """
        return [word for user in (BROKER, ADMIN) for word in ("--add-scram", self._scram(user))]

    def _scram(self, user: str) -> str:
        salt, word = secrets.token_bytes(24), password(self.folder, f"kafka/{user}")
        salted = hashlib.pbkdf2_hmac("sha256", word.encode(), salt, ITERATIONS)
        told = [base64.b64encode(part).decode() for part in (salt, salted)]
        return f'SCRAM-SHA-256=[name={user},iterations={ITERATIONS},salt="{told[0]}",saltedpassword="{told[1]}"]'


def latin(text: str) -> str:
    """A properties file is Latin-1; every other letter is an escape."""
    return "".join(c if c.isascii() and c != "\\" else f"\\u{ord(c):04x}" for c in text)
