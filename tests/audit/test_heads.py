"""Is the end of the audit signed whatever stands in the way, and does nobody who reports wait for it?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from plumbing import metrics
from plumbing.audit import heads
from plumbing.audit.watching import Watch
from tests.audit.test_in_the_database import add

pytestmark = pytest.mark.stack


def signed_at():
    return metrics.AUDIT_SIGNED_AT.labels("police_intake")._value.get()


def test_who_reports_is_heard_though_the_signed_end_cannot_be_written_and_it_is_tried_again(settings, database, tmp_path, caplog):
    blocked = replace(settings, audit_heads=str(tmp_path / "file" / "heads"), audit_every=0.0)
    (tmp_path / "file").write_text("no folder")
    add(settings.dsn, 1)
    watch, since = Watch(blocked, database), signed_at()
    watch.tick()
    watch.sign()
    assert "the end of the audit could not be signed" in caplog.text and signed_at() == since
    (tmp_path / "file").unlink()
    watch.tick()
    assert len(heads.place(blocked).read_text().splitlines()) == 1 and signed_at() > since


def test_a_quiet_audit_is_seen_to_be_signed(settings, database):
    add(settings.dsn, 1)
    watch = Watch(settings, database)
    watch.sign()
    first = signed_at()
    watch.sign()
    assert signed_at() > first and len(heads.place(settings).read_text().splitlines()) == 1
