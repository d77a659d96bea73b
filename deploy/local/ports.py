"""Which free port does a server get, so that clients find it again after a crash?"""

from __future__ import annotations

import random
import socket
import time
from pathlib import Path

EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")
LOWEST, HIGHEST = 10_000, 65_000


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def is_open(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def outgoing() -> range:
    """The ports lent to outgoing connections: a server that chose one would lose it while down."""
    try:
        first, last = map(int, EPHEMERAL.read_text().split())
    except (OSError, ValueError):
        first, last = 32_768, 65_535
    return range(first, last + 1)


def choose() -> int:
    """A random free port of the loopback; random, so that two starts at once do not choose the same."""
    lent = outgoing()
    candidates = [port for port in range(LOWEST, HIGHEST) if port not in lent] or list(range(LOWEST, HIGHEST))
    while True:
        port = random.choice(candidates)
        if is_free(port):
            return port


def kept(file: Path, patience: float = 2) -> int:
    """The port chosen at the first start, or another if a stranger sits on it and stays."""
    try:
        port = int(file.read_text())
    except (OSError, ValueError):
        return renewed(file)
    until = time.monotonic() + patience     # a server of ours that was killed may not be quite gone
    while not is_free(port):
        if time.monotonic() > until:
            return renewed(file)
        time.sleep(0.05)
    return port


def renewed(file: Path) -> int:
    port = choose()
    file.write_text(str(port))
    return port
