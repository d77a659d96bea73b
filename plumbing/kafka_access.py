"""As whom does a client speak to Kafka, and what must it be told for that?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOOSER = 0o077  # bits of a mode that let others near a secret


class MissingSetting(RuntimeError):
    """A setting without which the process cannot start; the text names it and the mend."""


@dataclass(frozen=True)
class KafkaLogin:
    """As whom a process speaks to Kafka, and by which authority it knows the broker; no user: an open broker.

    The password is read from its file whenever a client connects: a new one needs no new start.
    """

    user: str = ""
    password_file: str = ""
    ca: str = ""

    def password(self) -> str:
        """Raises MissingSetting if it is not there, or if others can read it."""
        file = Path(self.password_file)
        try:
            if file.stat().st_mode & LOOSER:
                raise MissingSetting(f"{file} can be read by others: chmod 600 {file}, and give {self.user} a new password.")
            return file.read_text("utf-8").strip()
        except OSError as error:
            why = error.strerror
            raise MissingSetting(f"QORGAN_KAFKA_PASSWORD_FILE ({file}) cannot be read: {why}; name another file.") from None


OPEN_KAFKA = KafkaLogin()


def login_from(environment: Mapping[str, str]) -> KafkaLogin:
    names = ("USER", "PASSWORD_FILE", "CA")
    return KafkaLogin(*(environment.get(f"QORGAN_KAFKA_{name}", "") for name in names))


def connection(address: str, login: KafkaLogin = OPEN_KAFKA) -> dict[str, Any]:
    """What every client of kafka-python must be told to reach this Kafka as this user."""
    told: dict[str, Any] = {"bootstrap_servers": address.split(",")}
    if login.ca:
        told["ssl_cafile"] = login.ca
    if not login.user:
        return {**told, "security_protocol": "SSL"} if login.ca else told
    return {
        **told, "security_protocol": "SASL_SSL" if login.ca else "SASL_PLAINTEXT", "sasl_mechanism": "SCRAM-SHA-256",
        "sasl_plain_username": login.user, "sasl_plain_password": login.password(),
    }
