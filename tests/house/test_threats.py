"""Is each threat that we name answered by a mechanism that is there and a test that exists?"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/threats.md"
PROVED = re.compile(r"\[`(test_\w+)`\]\(\.\./(tests/[\w/]+\.py)\)")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.read_text("utf-8").splitlines()
        if re.match(r"\| \d+ \|", line)]


def names_in(path):
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_threats_are_counted_without_a_gap():
    assert [row[0] for row in ROWS] == [str(number) for number in range(1, len(ROWS) + 1)] and len(ROWS) >= 22


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_threat_names_what_stands_in_its_way_and_a_test_that_exists(row):
    number, threat, mechanism, proved = row
    assert threat and mechanism
    named = PROVED.findall(proved)
    assert named or proved == "no test yet", f"threat {number} names no test, and does not say that it has none"
    assert [(name, path) for name, path in named if name not in names_in(path)] == []
