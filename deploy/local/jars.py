"""Where are Kafka's jars, each exactly the file named in our lock?"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import ssl
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from deploy.local.faults import Missing

LOCK = Path(__file__).with_name("kafka_jars.lock")


def cache_folder() -> Path:
    """The user's cache, shared by all checkouts."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "qorgan"


def sha256_of(file: Path) -> str:
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Nobody else works in the folder meanwhile."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = open(folder / ".lock", "w")     # noqa: SIM115, closed below
    except OSError as error:
        raise Missing(f"{folder} cannot be written ({error.strerror}): "
                      "set XDG_CACHE_HOME to a folder that can.") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def jars(cache: Path, lock: Path = LOCK) -> list[Path]:
    """All jars, checked byte by byte; what is missing or damaged is fetched.

    Sorted, since Java's class cache holds for one order only.
    """
    wanted = dict(line.split() for line in lock.read_text(encoding="utf-8").splitlines())
    folder = cache / "jars"
    with held(folder), ThreadPoolExecutor(8) as pool:
        whole = pool.map(lambda coordinate: is_whole(folder, coordinate, wanted[coordinate]), wanted)
        lacking = [coordinate for coordinate, good in zip(wanted, whole, strict=True) if not good]
        if lacking:
            fetch(folder, {coordinate: wanted[coordinate] for coordinate in lacking})
    return sorted(place(folder, coordinate) for coordinate in wanted)


def place(folder: Path, coordinate: str) -> Path:
    return folder / (coordinate.replace(":", "_") + ".jar")


def is_whole(folder: Path, coordinate: str, digest: str) -> bool:
    target = place(folder, coordinate)
    return target.exists() and sha256_of(target) == digest


def fetch(folder: Path, wanted: dict[str, str]) -> None:
    """Into a scratch folder first: jgo writes to the final name and accepts whatever lies there."""
    import requests
    from jgo.maven import MavenContext

    with own_trust(), tempfile.TemporaryDirectory(dir=folder) as scratch, ThreadPoolExecutor(8) as pool:
        maven = MavenContext(repo_cache=Path(scratch), timeout=15)
        try:
            list(pool.map(lambda pair: fetch_one(maven, folder, *pair), wanted.items()))
        except (requests.RequestException, OSError, RuntimeError) as error:
            if isinstance(error, Missing):
                raise
            raise Missing(f"Kafka's jars ({len(wanted)} of them) could not be fetched "
                          f"({type(error).__name__}): check that the network and its proxy let "
                          "Maven Central through, then do the same again.") from error


@contextmanager
def own_trust() -> Iterator[None]:
    """Trust whom the system trusts: requests knows only its own list, and a firm's proxy is not in it."""
    system = ssl.get_default_verify_paths()
    if (system.cafile or system.capath) and not os.environ.get("REQUESTS_CA_BUNDLE"):
        os.environ["REQUESTS_CA_BUNDLE"] = system.cafile or system.capath
        try:
            yield
        finally:
            os.environ.pop("REQUESTS_CA_BUNDLE", None)
    else:
        yield


def fetch_one(maven: object, folder: Path, coordinate: str, digest: str) -> None:
    got = Path(maven.create_dependency(coordinate).artifact.resolve())      # type: ignore[attr-defined]
    if sha256_of(got) != digest:
        raise Missing(f"{coordinate} is not the file in {LOCK.name}: somebody changed it on the way, "
                      "so use another network or mirror.")
    shutil.move(got, place(folder, coordinate))     # one file system: an atomic rename
