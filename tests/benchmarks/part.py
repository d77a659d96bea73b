"""How does one part of a service run alone, in a process of its own?"""

from __future__ import annotations

import os
import subprocess
import sys

from deploy.local.services import CHECKOUT, Services


class Part:
    """`python -m services.<name> <part>`; its log lies beside those of the services."""

    def __init__(self, services: Services, name: str, part: str) -> None:
        environment = {**os.environ, **services.stack.environment(), "PYTHONUNBUFFERED": "1"}
        self._log = open(services.stack.folder / f"{name}-{part}.log", "ab")  # noqa: SIM115, it lives as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"services.{name}", part], env=environment, cwd=CHECKOUT, stdout=self._log, stderr=self._log
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
