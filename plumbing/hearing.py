"""What does a record on the wire say, which number has it, and what if its owner did not say it?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plumbing.catalogue import Topic
from plumbing.codec import Unreadable
from plumbing.inbox import Watermark
from plumbing.service import Heard, Origin

KEY_MAX = 64  # characters of a key that an outsider may choose: a lock is a row of an index, and has no room for more


def heard(record: Any, place: tuple[int, int], topic: Topic, read: Callable[[bytes], Any]) -> Heard:
    """The message as the step takes it; `place`: its number, and the offset at which to go on after it."""
    number, resume = place
    headers = {name: value.decode("utf-8", "replace") for name, value in record.headers}
    key = (record.key or b"").decode("utf-8", "replace").replace("\0", "")
    origin = Origin(record.topic, record.partition, number, resume, record.value or b"")
    lies_at, problem, message = f"{record.topic}/{record.partition}/{record.offset}", "", None
    try:
        if number < 0:
            raise Unreadable("not said by the topic's owner: number or source is missing or wrong")
        message = read(origin.value)
    except Unreadable as error:
        problem = str(error)
    if number < 0 or (not topic.numbered and (problem or len(key) > KEY_MAX)):
        key = f"stranger/{lies_at}"  # a stranger's, or odd: no life is held for it
    return Heard(message, headers.get("ce_id", lies_at) if topic.numbered else lies_at, key, origin, problem)


def number_of(record: Any, owner: str) -> int:
    """The outbox number its owner gave it; what anybody else put there gets a negative stand-in from its offset."""
    headers = dict(record.headers)
    number = headers.get("qorgan_number", b"")
    if number.isdigit() and headers.get("ce_source") == f"/qorgan/{owner}".encode():
        return int(number)
    return -record.offset - 1


def counted(record: Any, mark: Watermark) -> int:
    """Without numbers of its owner the next one is given to what lies next; what lies below was taken: 0 is a repeat."""
    return mark.next_number if record.offset >= mark.next_offset else 0
