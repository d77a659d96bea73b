"""What do tests of alerts share? A sender with chosen recipients, rows of alerts, and real gateways on this machine."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from plumbing.alerts import raising
from plumbing.alerts.raising import Ring
from plumbing.alerts.recipients import Recipient, Recipients
from plumbing.alerts.sending import Sender
from plumbing.settings import Settings
from tests.stores import NOW, Stopped

DESK, HEAD = Recipient("desk", "sms", "+77090000001", "ru"), Recipient("head", "sms", "+77090000002", "kk")
TWO = Recipients({"desk": DESK, "head": HEAD}, {"default": ("desk", "head")}, gap_seconds=0)
LOOK = "SELECT recipient, turn, state, attempts, next_try IS NULL, answered_by FROM alerts ORDER BY alert_id"


class Bell:
    """A gateway in this process: what rang, and which failure comes next."""

    def __init__(self):
        self.rang, self.fails = [], []

    def __call__(self, recipient, text, ring_id):
        if self.fails:
            raise self.fails.pop(0)
        self.rang.append((recipient.name, text))


def sender(dsn, recipients=TWO, bell=None):
    made = Sender(replace(Settings("social_registry", "", dsn), clock=Stopped()), recipients, threading.Event())
    if bell is not None:
        made._gateways = dict.fromkeys(("sms", "email", "console"), bell)
    return made


def raise_alerts(database, count=1, queue="cc-1", **more):
    events = [Ring(f"need-{n}", queue, NOW + timedelta(hours=1), **more) for n in range(count)]
    with database.transaction() as tx:
        raising.record(tx, [lambda event: event], [(events, "a", "")], NOW)


def later(database, minutes):
    """So much time passes for everything that waits."""
    with database.transaction() as tx:
        tx.run("UPDATE alerts SET next_try = next_try - %s, rung_at = rung_at - %s", (timedelta(minutes=minutes),) * 2)


def look(database):
    with database.transaction() as tx:
        return tx.rows(LOOK)


@contextmanager
def sms_gateway(statuses=()) -> Iterator[tuple[str, list[tuple[dict, dict]]]]:
    """A real HTTP server that takes forms: (its address, what it was sent); statuses: its first answers."""
    sent, answers = [], list(statuses)

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            sent.append(({name: value[0] for name, value in form.items()}, dict(self.headers)))
            self.send_response(answers.pop(0) if answers else 200)
            self.end_headers()

        def log_message(self, *_):
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/send", sent
    server.shutdown()


@contextmanager
def mail_server(refusal="") -> Iterator[tuple[int, list[str]]]:
    """A real SMTP server, as small as it can be: (its port, the mails it took); refusal: its answer to RCPT TO."""
    mails, loop, ready = [], asyncio.new_event_loop(), threading.Event()
    found = {}

    async def talk(reader, writer):
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                mails.append((await reader.readuntil(b"\r\n.\r\n")).decode())
            answer = refusal.encode() if refusal and word == b"RCPT" else b"221 bye" if word == b"QUIT" else b"250 ok"
            writer.write(answer + b"\r\n")
            if word == b"QUIT":
                break
        writer.close()

    async def serve():
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        found["port"] = server.sockets[0].getsockname()[1]
        ready.set()

    loop.create_task(serve())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    ready.wait(5)
    yield found["port"], mails
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
