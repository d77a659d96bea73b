"""Which verb of the local stack was asked for on the command line?"""

from __future__ import annotations

import argparse
import signal
import sys


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    verbs = whole.add_subparsers(dest="verb", required=True)
    verbs.add_parser("warm", help="fetch and check what a start needs")
    verbs.add_parser("down", help="stop what up started")
    verbs.add_parser("status", help="say what runs")
    doctor = verbs.add_parser("doctor", help="say what is well and what is not, why, and which command mends it")
    doctor.add_argument("--endpoints", default="", metavar="FILE", help="another Qorgan than that of var/")
    doctor.add_argument("--patience", type=float, default=30, metavar="SECONDS", help="how long anything may wait (30)")
    doctor.add_argument("--json", action="store_true", help="one line for machines")
    for name, purpose in (
        ("up", "start everything in the background"),
        ("recover", "accept a new Kafka under old databases"),
        ("run", "a stack for one command"),
    ):
        verb = verbs.add_parser(name, help=purpose)
        verb.add_argument("--postgres", choices=["wheel", "system"], default="wheel")
        if name != "run":
            verb.add_argument("--secure", action="store_true", help="all must log in, at the pages and at Kafka")
        if name == "run":
            verb.add_argument("command", nargs="+", metavar="-- COMMAND")
    return whole


def main() -> int:
    asked = parser().parse_args()
    # A polite end cleans up as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        from deploy.local import verbs
        from deploy.local.faults import Missing
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed: run make setup, and use .venv/bin/python.", file=sys.stderr)
        return 1
    arguments = {name: value for name, value in vars(asked).items() if name != "verb"}
    try:
        return getattr(verbs, asked.verb)(**arguments)
    except Missing as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"The local stack cannot go on: {error}.", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


sys.exit(main())
