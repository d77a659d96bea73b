"""How does one real PostgreSQL server live in a folder?"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from urllib.parse import quote

from deploy.local import ports, roles
from deploy.local.errands import errand, scratch
from deploy.local.faults import Missing
from deploy.local.passwords import password, write_private
from deploy.local.processes import Plan, Server
from deploy.local.unprivileged import Unprivileged, programs, unprivileged

INITDB = ["-A", "scram-sha-256", "-E", "UTF8", "--data-checksums", "--no-instructions"]
LOCALE = {
    "wheel": ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    "system": ["--locale=C.UTF-8"],
}
# No rows in the log: a failed statement or a refused value would bring a person's name into it (ERROR lies below LOG).
SETTINGS = {
    "shared_buffers": "64MB", "max_connections": "400", "log_line_prefix": "%m %d ",
    "log_min_messages": "log", "log_min_error_statement": "panic", "log_error_verbosity": "terse",
    "log_timezone": "UTC", "timezone": "UTC",
}
if sys.platform == "linux":
    # After a kill every file is brought to the disk before anybody is let in: by one call, and not file by file,
    # which takes a second for forty databases and more than a minute for many on a busy disk.
    SETTINGS["recovery_init_sync_method"] = "syncfs"


class Database(Server):
    """A server and its data under `folder`. Attached: it ends when this process does."""

    stop_signal = signal.SIGINT     # ends the sessions; SIGTERM would wait for the last of them

    def __init__(self, folder: Path, postgres: str = "wheel", attached: bool = True) -> None:
        super().__init__("postgres", folder, attached)
        self.postgres, self.room = postgres, folder / f"postgres-{postgres}"
        self.data, self.kind_file = self.room / "data", folder / "postgres.kind"

    def dsn(self, role: str, database: str | None = None) -> str:
        secret = quote(password(self.folder, role), safe="")
        return f"postgresql://{role}:{secret}@127.0.0.1:{self.port}/{database or role}"

    def refuse_another(self) -> None:
        """Raises Missing if the server that runs here came from elsewhere: its data are others."""
        running = self.kind_file.read_text() if self.kind_file.exists() else self.postgres
        if self.process.is_to_stay and running != self.postgres:
            raise Missing(f"the PostgreSQL that runs here is the one of PG={running}: say make down first, or go on with it.")

    def passwords(self, name: str) -> dict[str, str]:
        """Of the three roles of one database: its owner (""), its desk and its admin."""
        return {role: password(self.folder, f"{name}_{role}" if role else name) for role in ("", *roles.BESIDE)}

    def start(self, patience: float = 60) -> None:
        """Ready when it returns. Running already: nothing."""
        if self.process.is_to_stay and self.is_ready():
            return
        self.stop()
        bin_folder = programs(self.postgres)
        how = unprivileged(bin_folder)
        if how.owner:
            self.folder.chmod(0o711)    # the other user must pass through to its own room
        self._initialise(bin_folder, how)
        until = time.monotonic() + patience
        while not self._try_once(bin_folder, how, until):
            time.sleep(0.2)     # backends of a killed server live on for a second and hold its memory

    def _try_once(self, bin_folder: Path, how: Unprivileged, until: float) -> bool:
        ports.kept(self.port_file)
        self._spawn(bin_folder, how)
        while self.pid is not None and time.monotonic() < until:
            if self.is_ready():
                return True
            time.sleep(0.03)
        if time.monotonic() >= until:
            self.stop()
            raise Missing(f"PostgreSQL did not start: {self.said()}")
        return False

    def _spawn(self, bin_folder: Path, how: Unprivileged) -> None:
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        # TCP only: no socket file, so no limit on the length of the path.
        place = ["-D", str(self.data), "-h", "127.0.0.1", "-p", str(self.port), "-k", ""]
        self.process.spawn(Plan(
            [bin_folder / "postgres", *place, *settings], self.log, self.room,
            death_signal=self.death_signal, first=how.first, options=how.options))
        self.kind_file.write_text(self.postgres)

    def is_ready(self) -> bool:
        return roles.answers(self.dsn("postgres"))

    def _initialise(self, bin_folder: Path, how: Unprivileged) -> None:
        """Make empty data elsewhere, then rename: a killed initdb leaves nothing half done."""
        if self.data.exists():
            return
        self.room.mkdir(mode=0o700, exist_ok=True)
        with scratch(self.data) as new:
            secret = new / "superuser"
            write_private(secret, password(self.folder, "postgres"))
            how.own(self.room, new, secret)
            done = errand(
                [bin_folder / "initdb", "-D", new / "data", "-U", "postgres", f"--pwfile={secret}", *INITDB,
                 *LOCALE[self.postgres]], cwd=new, first=how.first, options=how.options)
            if done.returncode:
                raise Missing(f"PostgreSQL could not make its data: {done.stderr.strip()[:300]}")
            os.replace(new / "data", self.data)
