"""What has a run cost: CPU-seconds by process, bytes of WAL, rows written?"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2

from deploy.local.stack import Stack

TICKS = os.sysconf("SC_CLK_TCK")
_WRITTEN = "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint FROM pg_stat_user_tables"


class Cost:
    """CPU-seconds since it was begun, by name, and the WAL that was written meanwhile."""

    def __init__(self, stack: Stack, pids: Mapping[str, int]) -> None:
        self._stack = stack
        self._pids = {"kafka": stack.broker.pid, "postgres": stack.database.pid, **pids}
        self._cpu = {name: cpu_seconds(pid) for name, pid in self._pids.items()}
        self._wal = wal(stack)

    def cpu(self) -> dict[str, float]:
        """What has died meanwhile counts as it stood before."""
        return {name: max(cpu_seconds(pid) - self._cpu[name], 0.0) for name, pid in self._pids.items()}

    def wal_bytes(self) -> int:
        return wal(self._stack) - self._wal


def cpu_seconds(pid: int | None) -> float:
    """Of a process, its living descendants, and all children it has buried."""
    return sum(sum(_times(one)) for one in _family(pid)) / TICKS if pid else 0.0


def rows_written(dsns: Sequence[str]) -> int:
    """Rows inserted, changed and deleted so far; true only once the sessions that wrote them have ended."""
    return sum(int(ask(dsn, _WRITTEN)[0][0]) for dsn in dsns)


def wal(stack: Stack) -> int:
    return int(ask(stack.admin_dsn, "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint")[0][0])


def ask(dsn: str, question: str, arguments: Any = None) -> list[tuple[Any, ...]]:
    """Rows of a question; what has none gives none. Committed at once."""
    with closing(psycopg2.connect(dsn, connect_timeout=10)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(question, arguments)
            return cursor.fetchall() if cursor.description else []


def machine() -> str:
    """The machine in one line, as the table names it."""
    words = dict(line.split(":", 1) for line in Path("/proc/cpuinfo").read_text().splitlines() if ":" in line)
    model = next((value.strip() for name, value in words.items() if name.strip() == "model name"), "unknown CPU")
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 2**20
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, Linux {os.uname().release.split('-')[0]}"


def _family(pid: int) -> list[int]:
    children = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            children[int(stat[1])].append(int(entry.name))
    found = [pid]
    for one in found:
        found += children[one]
    return found


def _times(pid: int) -> list[int]:
    return [int(word) for word in _stat(pid)[11:15]]


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
