"""What can a person ask the local stack to do?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from deploy.local import endpoints
from deploy.local.birth import die_with
from deploy.local.broker import Broker
from deploy.local.processes import Server
from deploy.local.services import CHECKOUT, IssuerServer, Services
from deploy.local.stack import Stack
from deploy.local.training import prune, train
from deploy.local.unprivileged import programs, unprivileged

VAR = CHECKOUT / "var"


def warm() -> int:
    """Fetch and check what a start needs, so that later starts need no network."""
    outside = bool(os.environ.get("QORGAN_KAFKA"))
    if not outside:
        java = Broker(VAR).java
        complaint = train(java)
        prune(java)
        if complaint:
            print(complaint, file=sys.stderr)
    if not Stack(VAR).outside_dsns:
        unprivileged(programs("wheel"))
    return 0


def up(postgres: str = "wheel", secure: bool = False) -> int:
    """Everything in the background; what runs already is left alone. Secure: nobody comes in who has not logged in."""
    stack = Stack(VAR, postgres, attached=False, secure=secure)
    services, issuer = Services(stack), IssuerServer(VAR, attached=False)
    VAR.mkdir(exist_ok=True)
    stack.hold()
    stack.refuse_another()  # before anything is stopped: it may be well
    try:
        stack.start()
        if not _same(services):
            services.stop()     # left over from a start that was cut off, or speaking to another address
        services.start(_doors(services, issuer, stack.secure))
        file = endpoints.write(VAR, services.endpoints())
    except BaseException:
        services.stop()
        issuer.stop()
        stack.stop()
        raise
    _tell(services, file)
    return 0


def _doors(services: Services, issuer: IssuerServer, secure: bool) -> dict[str, str]:
    """What closes the doors, or nothing; an issuer of before ends."""
    if not secure:
        issuer.stop()
        return {}
    environment = issuer.begin(services)
    services.issuer = issuer.url
    return environment


def _tell(services: Services, file: Path) -> None:
    for service in services.all.values():
        print(f"{service.name:18} {service.url}")
    if services.issuer:
        print(f"{'issuer':18} {services.issuer}; who may log in: deploy/local/staff.toml, passwords: {VAR / 'staff.json'}")
    else:
        print("the doors are open: who can reach these addresses sees everything (make up SECURE=1 closes them)")
    print(f"addresses and passwords: {file}; logs: {VAR}/*.log; end with make down")


def _same(services: Services) -> bool:
    written = endpoints.read(VAR)
    now = services.stack
    dsns = {name: now.dsn(name) for name in services.all}
    doors = (written.get("kafka_security"), bool(written.get("issuer")))  # the former with the authority of TLS, if any
    closed = (services.security(), now.secure)
    return (written.get("kafka"), written.get("postgres"), doors) == (now.kafka, dsns, closed)


def recover(postgres: str = "wheel", secure: bool = False) -> int:
    """Accept the Kafka that is there: journals are said again, repeats dropped. `make up` goes on from there."""
    stack = Stack(VAR, postgres, attached=False, secure=secure)
    VAR.mkdir(exist_ok=True)
    stack.hold()
    stack.start()
    known = {**os.environ, **stack.environment()}
    codes = [
        subprocess.run([sys.executable, "-m", f"services.{name}", "recover"], env={**known, **stack.login(name)},
                       cwd=CHECKOUT).returncode
        for name in Services(stack).all
    ]
    return max(codes)


def down() -> int:
    """Stop what `up` started, leftovers too."""
    if not VAR.exists():
        return 0
    stack = Stack(VAR, attached=False)
    stack.hold()
    Services(stack).stop()
    IssuerServer(VAR, attached=False).stop()
    stack.stop()
    endpoints.place(VAR).unlink(missing_ok=True)
    return 0


def status() -> int:
    stack = Stack(VAR, attached=False)
    services = Services(stack)
    issuer = [IssuerServer(VAR, attached=False)] if endpoints.read(VAR).get("issuer") else []
    for server in (stack.broker, stack.database, *issuer, *services.processes):
        print(f"{server.name:24} {_state(server)}")
    return 0


def doctor(endpoints: str = "", patience: float = 30, json: bool = False) -> int:
    """Green or red with cause and mend, for everything a person would have to look at; changes nothing."""
    from deploy.local.doctor import doctor as examine

    return examine(Path(endpoints) if endpoints else VAR / "endpoints.json", patience, json)


def _state(server: Server) -> str:
    if server.pid is None:
        return "not running"
    return f"pid {server.pid}, {'ready' if server.is_ready() else 'not ready'}"


def run(command: Sequence[str], postgres: str = "wheel") -> int:
    """A stack for one command, in a folder that is gone afterwards; gives the command's exit code."""
    with tempfile.TemporaryDirectory(prefix="qorgan-") as folder:
        stack = Stack(Path(folder), postgres)
        stack.start()
        try:
            return subprocess.run(command, env={**os.environ, **stack.environment()},
                                  preexec_fn=partial(die_with, os.getpid(), signal.SIGTERM)).returncode
        finally:
            stack.stop()
