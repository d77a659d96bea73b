"""How long does a practised hand take for a form, without a mouse? Counted, not timed: every key is really pressed.

By the keystroke-level model of Card, Moran and Newell (Communications of the ACM 23/7, 1980): 0.2 s a key for an average skilled
typist (55 words a minute), 1.35 s to make up one's mind before each answer; a second for each page that follows is ours.
"""

from __future__ import annotations

from typing import Any

KEY, THOUGHT, PAGE = 0.2, 1.35, 1.0  # seconds
TABS_MAX = 80


class Hand:
    """A hand on the keyboard of one page: it answers by the names or ids of fields, in the order of the form."""

    def __init__(self, page: Any) -> None:
        self._page, self.keys, self.thoughts, self.pages = page, 0, 0, 0

    @property
    def seconds(self) -> float:
        return self.keys * KEY + self.thoughts * THOUGHT + self.pages * PAGE

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self._page.keyboard.press(key)
        self.keys += times

    def write(self, field: str, text: str) -> None:
        """Capital letters take two keys."""
        self._reach(field)
        self._page.keyboard.type(text)
        self.keys += len(text) + sum(letter.isupper() for letter in text)

    def choose(self, field: str, value: str) -> None:
        """Of a list, by its arrows, from where it stands or from its beginning."""
        self._reach(field)
        at, wanted, is_list = self._page.evaluate(PLACES, value)
        if is_list and wanted + 1 < abs(wanted - at):
            self.press("Home")
            at = 0
        self.press("ArrowDown" if wanted > at else "ArrowUp", abs(wanted - at))
        assert self._page.evaluate("document.activeElement.value") == value

    def tick(self, field: str, value: str) -> None:
        self._reach(field, value)
        self.press("Space")
        assert self._page.evaluate("document.activeElement.checked")

    def follow(self, address: str) -> None:
        """The link to it."""
        self._reach(address)
        self._enter()

    def unfold(self, label: str) -> None:
        """What is folded away under this label."""
        self._reach(label)
        self.press("Enter")

    def send(self) -> None:
        """By the button behind the last field."""
        self.press("Tab")
        assert self._page.evaluate("document.activeElement.type") == "submit"
        self._enter()

    def _enter(self) -> None:
        with self._page.expect_navigation():
            self.press("Enter")
        self.pages += 1

    def _reach(self, field: str, value: str = "") -> None:
        self.thoughts += 1
        for _ in range(TABS_MAX):
            *called, found = self._page.evaluate(FOCUSED)
            if field in called and value in ("", found):
                return
            self.press("Tab")
        raise AssertionError(f"the Tab key does not lead to {field} in the order of the page")


FOCUSED = """() => {
  const at = document.activeElement;
  return [at.name || '', at.id || '', at.getAttribute('href') || '', at.tagName === 'SUMMARY' ? at.innerText : '', at.value || ''];
}"""
# Which answer is chosen of the question in focus, which one is wanted, and is it a list that folds out?
PLACES = """value => {
  const at = document.activeElement, is_list = at.tagName === 'SELECT';
  const all = is_list ? [...at.options] : [...at.form.querySelectorAll(`[name="${at.name}"]`)];
  return [all.findIndex(one => one.selected || one.checked), all.findIndex(one => one.value === value), is_list];
}"""
