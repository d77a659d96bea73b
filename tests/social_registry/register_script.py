"""What happens to many homes on the register, mixed: the messages that its store tests run in batches of any size."""

from datetime import timedelta
from hashlib import blake2b
from random import Random

from plumbing.identity import Ids
from plumbing.service import Moment
from services.social_registry import messages as m
from services.social_registry.wiring import SERVICE
from tests.social_registry.lives import KEYS, fold
from tests.social_registry.script import AKIMAT
from tests.stores import NOW

STEPS = ("assess", "review", "review", "list_child", "close_child", "close", "again", "enter", "take back")
TOGETHER = 5


def notice(need, home, children=2):
    return m.ChildNoticeIssued(need, 1, home, "akimat-1", children, "rule · act", NOW + timedelta(days=3))


class Homes:
    """Many homes of which the script knows how they stand, so that most acts are the ones a person would see offered."""

    def __init__(self, rng):
        self.rng, self.told, self.facts, self.notices = rng, [], {}, {}

    def tell(self, message):
        """The message at its place of the batch, decided as the store tests will decide it: seeds are pinned."""
        ids = Ids(blake2b(f"m/{len(self.told)}".encode(), digest_size=16).digest())
        self.facts["keys", getattr(message, "need_id", "")] = KEYS
        events = SERVICE.route(message).decided(message, self.facts, Moment(NOW, ids, SERVICE.law))
        self.facts = fold(self.facts, events)
        self.told.append(message)

    def step(self, home):
        step, entry = self.rng.choice(STEPS), self.facts.get(("home", home))
        notices = self.notices.setdefault(home, [])
        if step == "again" or not notices:
            notices.append(f"{home}/need-{len(notices) + 1}")
            return notice(notices[-1], home)
        if step == "enter" or entry is None:
            return m.StaffAct(self.rng.choice(notices), self.rng.choice(("enter", "enter", "visit", "enter_after_visit", "no_visit")),
                              "Dana", "police_notice")
        if step == "take back":
            return m.ChildNoticeWithdrawn(self.rng.choice(notices), 1, self.rng.choice(("unfounded", "no_answer")))
        return self.act(entry, step)

    def act(self, entry, step):
        """One in ten acts on what was there before: a second click, or a colleague was quicker."""
        seen = entry.changes - (self.rng.random() < 0.1)
        child = len(entry.children) + 1 if step == "list_child" else self.rng.randint(1, 3)
        code = {"assess": "D", "review": self.rng.choice("ABE"), "list_child": ""}.get(step, "moved")
        return m.RegisterAct(entry.entry_id, step, "Dana", code, seen, child)


def script(homes=40, steps=12):
    """Every home gets its steps, a few homes under way at one time."""
    told = Homes(Random(5))
    told.tell(AKIMAT)
    left = {f"home-{number}": steps for number in range(homes)}
    while left:
        home = told.rng.choice(list(left)[:TOGETHER])
        told.tell(told.step(home))
        left[home] -= 1
        left = {name: number for name, number in left.items() if number}
    return told.told
