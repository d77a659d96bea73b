"""Which settings does the environment give this process?"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from plumbing.kafka_access import LOOSER, OPEN_KAFKA, KafkaLogin, MissingSetting, login_from

__all__ = [
    "OPEN_KAFKA", "Clock", "KafkaLogin", "MissingSetting", "Settings",
    "login_from", "read_clock", "read_login", "read_settings",
]

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Clock:
    """Whose time counts: the database's (the default), or a simulation's that runs `speed` times as fast."""

    real_start: datetime | None = None
    simulated_start: datetime | None = None
    speed: float = 1.0

    def at(self, database_now: datetime) -> datetime:
        if self.real_start is None or self.simulated_start is None:
            return database_now
        shown = self.simulated_start + (database_now - self.real_start) * self.speed
        return shown.astimezone(UTC)  # as the database tells it: what is written down must read the same again


@dataclass(frozen=True)
class Settings:
    """One process's settings. Times in seconds, sizes in messages."""

    service: str
    kafka: str
    dsn: str
    http_host: str = "127.0.0.1"
    http_port: int = 0
    batch_max: int = 1000
    session_timeout: float = 10.0
    tick: float = 1.0
    clock: Clock = Clock()
    language: str = "kk"
    alerts: str = ""
    login: KafkaLogin = OPEN_KAFKA
    dsn_desk: str = ""  # the pages' own role, which only reads, behind the wall; empty: they read as the service itself
    audit_key: str = ""  # file of the key that signs the audit's heads; empty: none are signed
    audit_heads: str = "var/audit"  # folder of the signed heads, outside the database
    audit_every: float = 300.0
    keys: str = ""
    files_days: int = 30
    issuer: str = ""
    client_secret_file: str = ""
    public_url: str = ""
    doors_open: bool = False
    reads_per_second: float = 20.0
    reports_per_second: float = 50.0
    proxies: str = ""  # addresses of those whose X-Forwarded-For is believed

    @property
    def url(self) -> str:
        """Where browsers find this door; the issuer knows it by this address."""
        return self.public_url.rstrip("/") or f"http://{self.http_host}:{self.http_port}"

    def decide_doors(self) -> None:
        """Doors are closed by an issuer, or open because somebody said so; never open by accident."""
        if self.issuer and self.doors_open:
            raise MissingSetting("QORGAN_ISSUER and QORGAN_DOORS=open are both set: take one of them away.")
        if not self.issuer and not self.doors_open:
            raise MissingSetting(
                "nobody says who may come in: give QORGAN_ISSUER the address of an OIDC issuer (make up SECURE=1 brings one),"
                " or QORGAN_DOORS=open on a machine that only you can reach."
            )
        if self.issuer and not self.client_secret_file:
            raise MissingSetting("QORGAN_CLIENT_SECRET_FILE is not set: give it the file of our secret at the issuer.")
        if self.issuer:
            self._check_issuer()

    def _check_issuer(self) -> None:
        """What it says is believed of everybody: nobody on the way may say it in its place, or in ours."""
        at, file = urlsplit(self.issuer), self.client_secret_file
        if at.scheme != "https" and at.hostname not in LOOPBACK:
            raise MissingSetting(f"anybody on the way could speak for {self.issuer}: give QORGAN_ISSUER an https:// address.")
        if not os.access(file, os.R_OK):
            raise MissingSetting(f"{file} cannot be read: name our secret in QORGAN_CLIENT_SECRET_FILE.")
        if Path(file).stat().st_mode & LOOSER:
            raise MissingSetting(f"{file} can be read by others: chmod 600 {file}, and get a new secret from the issuer.")


def read_settings(service: str) -> Settings:
    """Settings of one service from `QORGAN_…`; raises MissingSetting, never falls back to a password."""
    host, _, port = os.environ.get("QORGAN_HTTP", "127.0.0.1:0").rpartition(":")
    return Settings(
        service=service,
        kafka=_needed("QORGAN_KAFKA", "host:port of a broker"),
        dsn=_needed(f"QORGAN_DSN_{service.upper()}", "a PostgreSQL connection string"),
        http_host=host,
        http_port=int(port),
        batch_max=int(os.environ.get("QORGAN_BATCH_MAX", "1000")),
        session_timeout=float(os.environ.get("QORGAN_SESSION_TIMEOUT", "10")),
        tick=float(os.environ.get("QORGAN_TICK", "1")),
        clock=read_clock(os.environ.get("QORGAN_CLOCK", "")),
        language=os.environ.get("QORGAN_LANGUAGE", "kk"),
        alerts=os.environ.get("QORGAN_ALERTS", ""),
        login=read_login(),
        dsn_desk=os.environ.get(f"QORGAN_DSN_{service.upper()}_DESK", ""),
        audit_key=os.environ.get("QORGAN_AUDIT_KEY_FILE", ""),
        audit_heads=os.environ.get("QORGAN_AUDIT_HEADS", "var/audit"),
        audit_every=float(os.environ.get("QORGAN_AUDIT_EVERY", "300")),
        **_doors(),
        files_days=int(os.environ.get("QORGAN_FILES_DAYS", "30")),
        keys=_needed("QORGAN_KEYS", "the folder of its keys, or the address of a key service"),
    )


def read_login() -> KafkaLogin:
    """User, password file and certificate authority from `QORGAN_KAFKA_…`; raises MissingSetting before anything connects."""
    login = login_from(os.environ)
    if bool(login.user) != bool(login.password_file):
        raise MissingSetting("QORGAN_KAFKA_USER and QORGAN_KAFKA_PASSWORD_FILE go together: set both, or none.")
    if login.user:
        login.password()
    if login.ca and not Path(login.ca).is_file():
        raise MissingSetting(f"QORGAN_KAFKA_CA ({login.ca}) is not there: name the file of the broker's authority.")
    return login


def _doors() -> dict[str, Any]:
    return {
        "issuer": os.environ.get("QORGAN_ISSUER", "").rstrip("/"),
        "client_secret_file": os.environ.get("QORGAN_CLIENT_SECRET_FILE", ""),
        "public_url": os.environ.get("QORGAN_PUBLIC_URL", ""),
        "doors_open": os.environ.get("QORGAN_DOORS", "") == "open",
        "reads_per_second": float(os.environ.get("QORGAN_READS_PER_SECOND", "20")),
        "reports_per_second": float(os.environ.get("QORGAN_REPORTS_PER_SECOND", "50")),
        "proxies": os.environ.get("QORGAN_PROXIES", ""),
    }


def read_clock(text: str) -> Clock:
    """`""` is the database's clock; `2026-11-22T10:00:00+00:00,2026-11-22T00:00:00+05:00,600` a simulation's."""
    if not text:
        return Clock()
    real, simulated, speed = text.split(",")
    return Clock(_moment(real), _moment(simulated), float(speed))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _needed(name: str, meaning: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise MissingSetting(f"{name} is not set: give it {meaning}, or use `make up`, which sets it.")
    return value
