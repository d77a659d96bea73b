"""Can a stranger read the way in, does every link lead somewhere, and is nothing left lying about?"""

import re

import pytest

from tests.house import tree

REQUIRED = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "docs/walkthrough.md")
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\)")
CODE_BLOCK = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("http://", "https://", "mailto:", "#")
DECISION_LINES_MAX = 40
# Joined here, so that this file does not hold what it looks for.
LEFT_LYING = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
TWELVE_DIGITS = re.compile(r"(?<![\w.])\d{12}(?![\w.]*\d)")


def documents() -> list:
    return [path for path in tree.files() if path.suffix == ".md"]


def dead_links(path) -> list[str]:
    targets = LINK.findall(CODE_BLOCK.sub("", tree.text(path)))
    near = [target.split("#")[0] for target in targets if not target.startswith(ELSEWHERE)]
    return [target for target in near if not (path.parent / target).exists()]


def check_digit(eleven: list[int]) -> int:
    """Facts §2: weights 1..11, then 3..11, 1, 2; a remainder of 10 twice is never issued."""
    first = sum(weight * digit for weight, digit in enumerate(eleven, start=1)) % 11
    second = sum(weight * digit for weight, digit in zip((*range(3, 12), 1, 2), eleven, strict=True)) % 11
    return first if first < 10 else second


def may_be_a_persons(number: str) -> bool:
    """Some living person may carry it: it has a date, a century that is issued, a true check digit."""
    digits = [int(digit) for digit in number]
    dated = 1 <= int(number[2:4]) <= 12 and 1 <= int(number[4:6]) <= 31
    return dated and digits[6] not in (7, 8, 9) and digits[11] == check_digit(digits[:11])


@pytest.mark.parametrize("document", REQUIRED)
def test_every_promised_document_is_there(document):
    assert (tree.ROOT / document).is_file()


def test_every_relative_link_leads_to_a_file():
    found = {tree.name(path): dead_links(path) for path in documents()}
    tree.hold("a dead link", {path: links for path, links in found.items() if links})


def test_no_decision_is_longer_than_forty_lines():
    decisions = [path for path in documents() if tree.name(path).startswith("docs/decisions/")]
    sizes = {tree.name(path): len(tree.text(path).splitlines()) for path in decisions}
    tree.hold(
        "a decision too long", {path: size for path, size in sizes.items() if size > DECISION_LINES_MAX}
    )


def test_no_lock_file_holds_an_address():
    locks = [path for path in tree.files() if path.name.endswith((".lock", "lock.json", "lock.txt"))]
    tree.hold(
        "a lock with an address",
        [tree.name(p) for p in locks if re.search(r"://|--(extra-)?index", tree.text(p))],
    )


def test_nothing_is_left_for_somebody_else_to_finish():
    found = {tree.name(path): LEFT_LYING.findall(tree.text(path)) for path in tree.texts()}
    tree.hold("something left lying", {path: marks for path, marks in found.items() if marks})


def test_no_identity_number_of_a_living_person_is_written():
    found = {
        tree.name(p): [n for n in TWELVE_DIGITS.findall(tree.text(p)) if may_be_a_persons(n)]
        for p in tree.texts()
    }
    tree.hold("a number some person may carry", {path: numbers for path, numbers in found.items() if numbers})


def test_the_check_digit_agrees_with_the_known_bases():
    assert check_digit([int(d) for d in "90010170001"]) == 2
    assert check_digit([int(d) for d in "90010170030"]) == 8
    assert check_digit([int(d) for d in "90010170031"]) == 10
