"""Is the audit whole, who looked at this, and who was touched? `… audit verify`, `who`, `breach-report`, `kin`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from nacl.signing import VerifyKey

from plumbing.audit import breach, heads, store
from plumbing.audit.chain import Head, Row, verify
from plumbing.audit.context import settings as settings_of_audit
from plumbing.audit.operating import operating, write_down
from plumbing.postgres import Database, Transaction
from plumbing.service import Service
from plumbing.settings import Settings

READ_AT_ONCE = 10_000
STILL = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


def audit(service: Service, settings: Settings, words: Sequence[str]) -> int:
    asked = _parser(service).parse_args(list(words))
    begin = "BEGIN" if asked.verb == "kin" else STILL
    database = Database(settings.dsn, f"{service.name}/audit", {"statement_timeout": "10min"}, lambda: (begin, ()))
    known = _signed(settings, asked) if asked.verb == "verify" else ([], [])
    with closing(database), database.transaction() as tx:
        if asked.verb == "verify":
            return _verify(tx, service.name, *known)
        return {"who": _who, "breach-report": _breach, "kin": _kin}[asked.verb](tx, service, asked)


def _parser(service: Service) -> ArgumentParser:
    parser = ArgumentParser(f"python -m services.{service.name} audit", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    checked = verbs.add_parser("verify", help="find a row that was changed, dropped, doubled or reordered, and a cut end")
    checked.add_argument("--heads", type=Path, help="the signed heads; else those in QORGAN_AUDIT_HEADS")
    public = "64 hex digits, each key that ever signed; else that of QORGAN_AUDIT_KEY_FILE"
    checked.add_argument("--public-key", action="append", default=[], help=public)
    who = verbs.add_parser("who", help="who looked at this, or changed it")
    who.add_argument("object_id")
    told = verbs.add_parser("breach-report", help="who was touched, and by when it must be told")
    told.add_argument("--since", type=_moment, required=True)
    told.add_argument("--until", type=_moment, default=datetime.now(UTC))
    told.add_argument("--known", type=_moment, default=datetime.now(UTC), help="when the breach was found (now)")
    told.add_argument("--actor", default="", help="only what this person touched: subject, or name")
    kin = verbs.add_parser("kin", help="note that somebody of the staff is kin to a person, or is that person")
    kin.add_argument("subject")
    kin.add_argument("person_id")
    kin.add_argument("--by", required=True, help="the manager who says so")
    return parser


def _verify(tx: Transaction, name: str, signed: list[Head], wrong: list[str]) -> int:
    end, walked = store.head(tx), [0]
    wrong = [*wrong, *verify(_all(tx, walked), signed, end)]
    if (lie := store.number(tx)) != walked[0]:
        wrong.append(f"{lie} rows lie in the audit, and {walked[0]} follow each other: a row stands twice, or below the first")
    for sentence in wrong:
        print(f"{name}: {sentence}", file=sys.stderr)
    print(json.dumps({"service": name, "rows": end.sequence, "signed_heads": len(signed), "wrong": len(wrong)}))
    return 1 if wrong else 0


def _signed(settings: Settings, asked: Namespace) -> tuple[list[Head], list[str]]:
    own = heads.signer(settings)
    keys = [VerifyKey(bytes.fromhex(one)) for one in asked.public_key] or ([own.verify_key] if own else [])
    file = asked.heads or heads.place(settings)
    if not keys:
        return [], [f"the signed heads are not looked at: set QORGAN_AUDIT_KEY_FILE or give --public-key, and keep {file}"]
    found, wrong = heads.read(file, settings.service, keys)
    return found, wrong if found or wrong else [f"{file} holds no signed head: a cut at the end of the audit stays unseen"]


def _all(tx: Transaction, walked: list[int]) -> Iterator[Row]:
    """In order of their numbers; `walked` counts them, since a row that stands twice at a border is read once."""
    after = -1
    while rows := store.rows_from(tx, after, READ_AT_ONCE):
        walked[0] += len(rows)
        yield from rows
        after = rows[-1].sequence


def _who(tx: Transaction, service: Service, asked: Namespace) -> int:
    """The object itself, and what is about the same person where the service knows that."""
    rows = store.about(tx, [asked.object_id, *store.tied(tx, service.looked, asked.object_id)])
    for row in rows:
        place = row.station or row.facility or row.region
        who = f"{row.name or row.subject} ({' '.join(word for word in (row.role, place) if word)})"
        what = f"{row.action} {row.kind} {row.object_id}: {', '.join(row.fields) or 'nothing more'}"
        print(f"{row.sequence}  {row.at.isoformat()}  {who}  {what}  [{row.purpose}]")
    print(f"{len(rows)} rows", file=sys.stderr)
    return 0 if rows and _all_is_in_here(tx) else 1


def _breach(tx: Transaction, service: Service, asked: Namespace) -> int:
    rows = store.touched(tx, asked.since, asked.until, asked.actor)
    try:
        print(json.dumps(breach.report(rows, asked.known, store.people(tx, service.looked, rows)), indent=2))
    except LookupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if _all_is_in_here(tx) else 1


def _all_is_in_here(tx: Transaction) -> bool:
    """What waits to join the audit is not in what was just told: said, and no success."""
    if waiting := store.waiting(tx):
        print(f"{waiting} rows still wait and are not in here: mend the audit, then ask again.", file=sys.stderr)
    return not waiting


def _kin(tx: Transaction, _service: Service, asked: Namespace) -> int:
    store.note_kin(tx, asked.subject, asked.person_id, asked.by)
    with operating("kin", asked.by):
        write_down(tx, f"kin of {asked.subject}", "person", asked.person_id)
    return 0


def _moment(text: str) -> datetime:
    """Without a zone it is meant as clocks here show it."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings_of_audit()["zone"]))
