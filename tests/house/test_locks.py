"""Is what we trust from others exactly what we looked at: each package by its hash, and nothing installed otherwise?"""

import re

from tests.house import tree

LOCK = (tree.ROOT / "requirements.lock").read_text("utf-8")
ENTRIES = re.split(r"\n(?=[a-z0-9])", LOCK)


def test_every_package_is_locked_to_one_version_and_its_hashes_and_no_address():
    entries = [one for one in ENTRIES if re.match(r"[a-z0-9]", one)]
    assert len(entries) > 50
    assert [one.split()[0] for one in entries if not re.match(r"[\w.\[\],-]+==\S+.*--hash=sha256:[0-9a-f]{64}", one, re.DOTALL)] == []
    assert "://" not in LOCK and "--index-url" not in LOCK


def test_whatever_installs_packages_asks_for_their_hashes():
    installing = [line for name in ("Makefile", ".ci/run") for line in (tree.ROOT / name).read_text("utf-8").splitlines()
                  if "pip install" in line]
    assert installing and all("--require-hashes -r requirements.lock" in line for line in installing)
