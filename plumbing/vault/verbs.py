"""What does a person order about keys: another wrapping key, the end of the old ones, a copy of what backups leave out?"""

from __future__ import annotations

import argparse
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from plumbing import vault
from plumbing.audit.operating import operating, write_down
from plumbing.postgres import Database
from plumbing.service import Service
from plumbing.settings import Settings
from plumbing.vault import ring
from plumbing.vault.rotating import destroy_old, rotate


def rotate_keys(service: Service, settings: Settings, words: Sequence[str]) -> int:
    """`rotate-keys [--destroy-old]`: while the service runs; the last line is JSON."""
    parser = argparse.ArgumentParser(prog=f"python -m services.{service.name} rotate-keys")
    parser.add_argument("--destroy-old", action="store_true", help="destroy wrapping keys that wrap nothing any more")
    asked = parser.parse_args(list(words))
    keys = vault.here().service
    with closing(Database(settings.dsn, f"{service.name}/rotate")) as database:
        done = rotate(database, keys, lambda count: print(f"{count} data keys are wrapped anew", flush=True))
        destroyed = destroy_old(database, keys) if asked.destroy_old else []
        with operating("rotate-keys"), database.transaction() as tx:
            for action, key in (("rotate-keys", done.key_id), *(("destroy-key", one) for one in destroyed)):
                write_down(tx, action, "wrapping_key", key)
    told = {"key": done.key_id, "rewrapped": done.rewrapped, "resumed": done.resumed, "destroyed": len(destroyed)}
    print(json.dumps(told))
    return 0


def copy_keys(service: Service, settings: Settings, words: Sequence[str]) -> int:
    """`copy-keys FILE`: the wrapped keys, 0600, over the copy before: no older copy may be kept, or nothing is ever erased."""
    parser = argparse.ArgumentParser(prog=f"python -m services.{service.name} copy-keys")
    parser.add_argument("file", type=Path)
    path = parser.parse_args(list(words)).file
    with closing(Database(settings.dsn, f"{service.name}/copy-keys")) as database, database.transaction() as tx:
        rows, present = ring.everything(tx), ring.wrapping(tx)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps({"wrapping": present}) + "\n")
        for owner, key_id, wrapped, at in rows:
            file.write(json.dumps([owner, key_id, b64encode(wrapped).decode() if wrapped else None, at]) + "\n")
    os.replace(new, path)
    print(f"{len(rows)} wrapped keys are copied to {path}: keep it apart from the backups, and no older one beside it.")
    return 0


def bring_keys(service: Service, settings: Settings, words: Sequence[str]) -> int:
    """`bring-keys FILE`: after a backup was restored; what was destroyed by the time of the copy stays destroyed."""
    parser = argparse.ArgumentParser(prog=f"python -m services.{service.name} bring-keys")
    parser.add_argument("file", type=Path)
    first, *lines = parser.parse_args(list(words)).file.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    with closing(Database(settings.dsn, f"{service.name}/bring-keys")) as database, database.transaction() as tx:
        ring.bring(tx, json.loads(first)["wrapping"], [(o, k, b64decode(w) if w else None, at) for o, k, w, at in rows])
    print(f"{len(rows)} wrapped keys are brought back.")
    return 0


KEY_VERBS = {"rotate-keys": rotate_keys, "copy-keys": copy_keys, "bring-keys": bring_keys}
