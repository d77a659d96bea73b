"""Whom does an alert ring, in which order and by which way? Read from the file that QORGAN_ALERTS names."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plumbing.languages import NAMES
from plumbing.settings import MissingSetting

WAYS = ("console", "email", "sms")


class UnusableRecipients(MissingSetting):
    """A file by which somebody would not be rung; the text names it and what is wrong."""


@dataclass(frozen=True)
class Recipient:
    """One telephone or mailbox at which somebody is reached, and the language it is told in."""

    name: str
    way: str = "console"
    to: str = ""
    language: str = "kk"


@dataclass(frozen=True)
class Recipients:
    """Who is rung for which queue of this service, how long each has to answer, and how the gateways are reached.

    wait_minutes: after that the next one is rung; gap_seconds, rings_per_hour: what one recipient bears.
    """

    by_name: Mapping[str, Recipient]
    queues: Mapping[str, tuple[str, ...]]
    gateways: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    wait_minutes: float = 10
    gap_seconds: float = 30
    rings_per_hour: int = 6

    def at(self, queue: str, region: str, turn: int) -> Recipient | None:
        """Whose turn it is: those of this queue in this region, else of the queue, else the default; None after the last."""
        for place in (f"{queue}@{region}", queue, "default"):
            if place in self.queues:
                names = self.queues[place]
                return self.by_name[names[turn]] if turn < len(names) else None
        return None


def read_recipients(path: str, service: str, language: str = "kk") -> Recipients:
    """From the file; without one everything rings at the console, so that a default says what it would send."""
    if not path:
        return Recipients({"console": Recipient("console", language=language)}, {"default": ("console",)})
    try:
        told = tomllib.loads(Path(path).read_text("utf-8"))
        by_name = {name: _recipient(path, name, one) for name, one in told.get("recipient", {}).items()}
        queues = {queue: tuple(names) for queue, names in told["service"][service].items()}
        gateways = {name: _with_secrets(one) for name, one in told.get("gateway", {}).items()}
        found = Recipients(by_name, queues, gateways, **told.get("ringing", {}))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        cause = f"{type(error).__name__}: {error}"
        raise UnusableRecipients(f"QORGAN_ALERTS: {path} cannot be used for {service}: {cause}.") from error
    _check(path, service, found)
    return found


def _recipient(path: str, name: str, told: Mapping[str, str]) -> Recipient:
    one = Recipient(name, **told)
    if one.way not in WAYS or one.language not in NAMES or (one.way != "console" and not one.to):
        ways, languages = ", ".join(WAYS), ", ".join(NAMES)
        raise UnusableRecipients(f"QORGAN_ALERTS: {path}: {name} needs a way ({ways}), a `to` and a language ({languages}).")
    return one


def _check(path: str, service: str, found: Recipients) -> None:
    if not found.queues.get("default"):
        raise UnusableRecipients(f"QORGAN_ALERTS: {path}: {service} has no default: a queue nobody named would ring nowhere.")
    used = {name for names in found.queues.values() for name in names}
    for name in sorted(used - found.by_name.keys()):
        raise UnusableRecipients(f"QORGAN_ALERTS: {path}: {name} is rung for {service}, but is no recipient.")
    for way in sorted({found.by_name[name].way for name in used} - {"console", *found.gateways}):
        raise UnusableRecipients(f"QORGAN_ALERTS: {path}: there is no gateway for {way}.")


def _with_secrets(told: Mapping[str, Any]) -> dict[str, Any]:
    """A password or token stands in the environment; the file names the variable: `password_from = "NAME"`."""
    named = {name: os.environ[value] for name, value in told.items() if name.endswith("_from")}
    return {**told, **{name.removesuffix("_from"): value for name, value in named.items()}}
