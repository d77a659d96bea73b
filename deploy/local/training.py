"""How does Kafka learn to start in half the time?"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from deploy.local.broker import Broker
from deploy.local.faults import Missing
from deploy.local.jars import held
from deploy.local.java import Java


def train(java: Java) -> str | None:
    """Start once on scratch data and keep what Java loaded. If not, say why: Kafka starts without too."""
    with held(java.cache):
        if java.aot.exists():
            return None
        for old in java.cache.glob("kafka-*.new"):
            old.unlink()
        try:
            return _train(java)
        except (Missing, OSError) as error:
            return f"Kafka will start more slowly, its class cache could not be made: {error}"


def _train(java: Java) -> str | None:
    new = java.aot.with_suffix(".new")
    with tempfile.TemporaryDirectory(prefix="qorgan-") as scratch:
        broker = Broker(Path(scratch), training=new)
        broker.start()
        broker.process.stop(15, patience=120)       # it writes the cache on its way out
    if not new.exists():
        return "Kafka will start more slowly: Java made no class cache."
    os.replace(new, java.aot)
    return None


def prune(java: Java) -> None:
    """Caches of Javas that are gone are 65 MB each: keep ours and the two used last."""
    caches = sorted(java.cache.glob("kafka-*.aot"), key=lambda file: file.stat().st_atime)
    for old in [file for file in caches if file != java.aot][:-2]:
        old.unlink(missing_ok=True)
