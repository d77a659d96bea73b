"""Which processes are ours, and how do they start and end?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.birth import Birth, born
from deploy.local.faults import last_line

# The parent-death signal belongs to the thread that started the child. This one lives as long as we do,
# so a server may be started from any thread.
_starter = ThreadPoolExecutor(1, thread_name_prefix="starts-processes")


@dataclass(frozen=True)
class Plan:
    """How a process is started."""

    command: Sequence[str | Path]
    output: Path
    cwd: Path
    environment: Mapping[str, str] | None = None
    death_signal: int | None = None
    first: Callable[[], None] | None = None
    options: Mapping[str, object] = field(default_factory=dict)


class Process:
    """One long-running process, known by a pid file that also says when it was born."""

    def __init__(self, pid_file: Path) -> None:
        self.pid_file = pid_file
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Its pid while it lives. A number that another process has by now is not it."""
        if self._child is not None and self._child.poll() is not None:
            return None
        kept = self._kept()
        return kept["pid"] if kept and born(kept["pid"]) == kept["born"] else None

    def _kept(self) -> dict:
        try:
            return json.loads(self.pid_file.read_text())
        except (OSError, ValueError):
            return {}

    @property
    def is_anothers(self) -> bool:
        """It lives in the background, started by another process than this one."""
        return self.pid is not None and self._child is None and bool(self._kept().get("background"))

    @property
    def is_to_stay(self) -> bool:
        """It lives, and not only because its parent died a moment ago."""
        return self.is_anothers or (self.pid is not None and self._child is not None)

    @property
    def returncode(self) -> int | None:
        return self._child.poll() if self._child is not None else None

    def spawn(self, plan: Plan) -> None:
        self._child = _starter.submit(self._spawn, plan).result()

    def _spawn(self, plan: Plan) -> subprocess.Popen[bytes]:
        with open(self.pid_file, "wb", buffering=0) as pid_file, open(plan.output, "ab") as output:
            birth = Birth(pid_file.fileno(), os.getpid(), plan.death_signal, plan.first)
            return subprocess.Popen(
                [str(word) for word in plan.command], stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, cwd=plan.cwd, env=plan.environment, preexec_fn=birth,
                start_new_session=True, **plan.options)     # type: ignore[call-overload]

    def send(self, number: int) -> None:
        pid = self.pid
        if pid is not None:
            os.kill(pid, number)

    def end(self, number: int, patience: float) -> bool:
        """Send a signal and wait; True if the process is gone. A frozen process is woken to hear it."""
        self.send(number)
        self.send(signal.SIGCONT)
        until = time.monotonic() + patience
        while self.pid is not None:
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        self.pid_file.unlink(missing_ok=True)
        return True

    def stop(self, number: int, patience: float) -> None:
        """Ask; after `patience` seconds, kill."""
        if not self.end(number, patience):
            self.end(signal.SIGKILL, 10)


class Server(ABC):
    """What every server of ours can be told; the subclass says how it starts and when it is ready."""

    stop_signal: int = signal.SIGTERM
    stop_patience: float = 30

    def __init__(self, name: str, folder: Path, attached: bool = True) -> None:
        self.name, self.folder, self.attached = name, folder, attached
        self.log, self.port_file = folder / f"{name}.log", folder / f"{name}.port"
        self.process = Process(folder / f"{name}.pid")

    @property
    def pid(self) -> int | None:
        return self.process.pid

    @property
    def port(self) -> int:
        return int(self.port_file.read_text())

    @property
    def death_signal(self) -> int | None:
        """What it gets when this process dies."""
        return self.stop_signal if self.attached else None

    @abstractmethod
    def is_ready(self) -> bool:
        """Does it answer?"""

    def stop(self) -> None:
        self.process.stop(self.stop_signal, self.stop_patience)

    def kill(self) -> None:
        self.process.end(signal.SIGKILL, 10)

    def pause(self) -> None:
        self.process.send(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send(signal.SIGCONT)

    def said(self) -> str:
        """Where to read on after a failure, and the last that was written there."""
        return f"look into {self.log} ({last_line(self.log)})."
