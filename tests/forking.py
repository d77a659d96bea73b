"""How does a world's service begin at once? As the copy of a process that has imported what it imports, and read its texts.

A service needs a second of a core to import its libraries, and the failures start them again and again. What runs
afterwards is the same: `python -m services.<name>`, a process of its own with its own environment, log and end.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import select
import signal
import subprocess
import sys
import threading
from functools import cache, partial
from pathlib import Path
from typing import Any

from deploy.local.birth import Birth, born, die_with
from deploy.local.processes import Plan, Process
from deploy.local.services import CHECKOUT
from plumbing.languages import speeches

PATIENCE = 30.0


class Child:
    """What `subprocess.Popen` would tell of a process that another one has forked for us."""

    def __init__(self, pid: int) -> None:
        self.pid, self.returncode, self.ended = pid, None, threading.Event()

    def poll(self) -> int | None:
        if not self.ended.is_set() and born(self.pid) is None:
            self.ended.wait(PATIENCE)  # it is dead: its code is on the way
        return self.returncode


class Original:
    """The process that is copied; it ends with us, and its copies with it."""

    def __init__(self, module: str) -> None:
        self._children: dict[int, Child] = {}
        self._forked, self._asking = threading.Event(), threading.Lock()
        command = [sys.executable, "-u", "-m", "tests.forking", module]
        self._process = subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                         start_new_session=True, preexec_fn=partial(die_with, os.getpid(), signal.SIGTERM))
        threading.Thread(target=self._listen, daemon=True).start()

    def copy(self, plan: Plan, pid_file: Path) -> Child:
        wanted = {"words": [str(word) for word in plan.command[2:]], "output": str(plan.output), "cwd": str(plan.cwd),
                  "environment": dict(plan.environment), "pid_file": str(pid_file), "death_signal": plan.death_signal}
        with self._asking:
            self._forked.clear()
            print(json.dumps(wanted), file=self._process.stdin, flush=True)
            if not self._forked.wait(PATIENCE):
                raise TimeoutError(f"no copy of {plan.command} was made in {PATIENCE} s")
            return self._newest

    def _listen(self) -> None:
        for line in self._process.stdout:
            pid, code = json.loads(line)
            if code is None:
                self._newest = self._children[pid] = Child(pid)
                self._forked.set()
            else:
                child = self._children.pop(pid)
                child.returncode = code
                child.ended.set()


original = cache(Original)


class Copied(Process):
    """A process of ours that begins as a copy, if it is a service of Qorgan."""

    def _spawn(self, plan: Plan) -> Any:
        word = str(plan.command[2])
        if list(plan.command[:2]) == [sys.executable, "-m"] and word.startswith("services."):
            return original(word).copy(plan, self.pid_file)
        return super()._spawn(plan)


def _serve() -> list[str]:
    """Fork for each line that is heard and tell of each end; returns in a copy alone, with the words it is to run."""
    heard, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([0, heard], [], [])
        if heard in ready:
            os.read(heard, 4096)
            _tell_ends()
        if 0 in ready:
            line = _line()
            if not line:
                sys.exit()
            parent = os.getpid()
            if os.fork():
                continue
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.close(heard)
            os.close(woken)
            return _become(json.loads(line), parent)


def _line() -> bytes:
    """One line of what we are told, and no byte more: the copies must not have heard what is not for them."""
    told = bytearray()
    while not told.endswith(b"\n") and (one := os.read(0, 1)):
        told += one
    return bytes(told)


def _tell_ends() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        print(json.dumps((pid, os.waitstatus_to_exitcode(status))), flush=True)


def _become(wanted: dict[str, Any], parent: int) -> list[str]:
    os.setsid()
    pid_file = os.open(wanted["pid_file"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    Birth(pid_file, parent, wanted["death_signal"])()
    print(json.dumps((os.getpid(), None)), flush=True)  # not before: who started it reads the file
    nothing, output = os.open(os.devnull, os.O_RDONLY), os.open(wanted["output"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for number, to in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(number, to)
    for number in (nothing, output, pid_file):
        os.close(number)
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    return list(wanted["words"])


if __name__ == "__main__":
    speeches(importlib.import_module(f"{sys.argv[1]}.__main__").SERVICE.folder)
    gc.collect()
    gc.freeze()
    sys.argv = _serve()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
