"""At which points may a service die or freeze, and which rounds put each service at each of them once?"""

from tests.checker.words import SERVICES

STEP = ("before_decide", "after_decide", "before_commit", "after_commit")
MARKS = (*STEP, "before_publish", "after_publish", "after_acknowledge")
POINTS = {name: STEP if name == "situation_monitor" else MARKS for name in SERVICES}  # the monitor says nothing to anybody
# In each round every service stands at another point; in seven rounds each has stood at every point.
# A worker that died is missed only after the session time-out: all at once are waited for together.
ROUNDS = [
    tuple((name, marks[(start + 2 * n) % len(marks)]) for n, (name, marks) in enumerate(POINTS.items()))
    for start in range(len(MARKS))
]


def names_of(round_of_points: tuple[tuple[str, str], ...]) -> str:
    return "-".join(mark for _, mark in round_of_points)
