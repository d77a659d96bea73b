"""Whoever orders something at the command line: does the audit say who it was?"""

from __future__ import annotations

import getpass
import json

import pytest

from plumbing import actors, recovery
from plumbing.audit.verbs import audit
from plumbing.vault.verbs import rotate_keys
from services.police_intake.erasing.verb import erase_verb
from services.police_intake.wiring import SERVICE
from tests import stores

pytestmark = pytest.mark.stack
LAST = "SELECT action, kind, object_id, role, name FROM audit ORDER BY sequence DESC LIMIT 1"


def test_who_noted_that_somebody_is_kin_stands_in_the_audit(settings):
    assert audit(SERVICE, settings, ["kin", "s-1", "person", "--by", "Dana"]) == 0
    user = getpass.getuser()
    assert stores.rows(settings.dsn, LAST) == [("kin of s-1", "person", "person", "operator", f"Dana, kin by {user}")]


def test_who_asked_that_somebody_be_erased_and_who_approved_it_stand_in_the_audit(settings, report_id):
    [(person,)] = stores.rows(settings.dsn, "SELECT victim_id FROM reports")
    assert erase_verb(SERVICE, settings, ["request", person, "--by", "Aigul", "--reason", "unfounded"]) == 0
    assert erase_verb(SERVICE, settings, ["approve", person, "--by", "Dana"]) == 0
    told = stores.rows(settings.dsn, f"SELECT action, name FROM audit WHERE object_id = '{person}' ORDER BY sequence")
    assert [(action, name.split(",")[0]) for action, name in told] == [("RequestErasure", "Aigul"), ("ApproveErasure", "Dana")]


def test_who_turned_the_keys_stands_in_the_audit(settings, database, capsys):
    rotate_keys(SERVICE, settings, [])
    key = json.loads(capsys.readouterr().out.splitlines()[-1])["key"]
    told = ("rotate-keys", "wrapping_key", key, "operator", f"rotate-keys by {getpass.getuser()}")
    assert stores.rows(settings.dsn, LAST) == [told]


def test_who_brings_back_what_was_set_aside_stands_at_the_letter_and_in_the_audit(settings, monkeypatch):
    asked = []
    monkeypatch.setattr(recovery, "redrive", lambda step, key, by: asked.append((key, by, actors.current.get().name)) or (1, ""))
    assert recovery.VERBS["redrive"](SERVICE, settings, ["one life"]) == 0
    name = f"redrive by {getpass.getuser()}"
    assert asked == [("one life", name, name)]
