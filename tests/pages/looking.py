"""What does a person see, hear and reach on a page? Asked of a real browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

SHOTS = os.environ.get("QORGAN_SCREENSHOTS", "")
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Watched:
    """A browser page that remembers every request to another host and every error, and where it was."""

    def __init__(self, page: Any) -> None:
        self.page, self.faults, self.hosts = page, list[str](), set[str]()
        page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname or ""))

    def quiet(self) -> None:
        """Nothing was asked of another host, and no error stands in the console. A refusal's own status is no error."""
        refusals = ("status of 409", "status of 422")
        assert [fault for fault in self.faults if not any(one in fault for one in refusals)] == []
        assert self.hosts <= {"127.0.0.1"}


def serious(page: Any) -> list[str]:
    """Serious and critical findings of axe-core, as sentences."""
    found = Axe().run(page, options={**STANDARD, "resultTypes": ["violations"]}).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in grave for node in one["nodes"]]


def walk(page: Any, most: int = 200) -> list[str]:
    """What the Tab key reaches, in order, each as tag and name; fails on a focus that cannot be seen."""
    page.evaluate("document.activeElement.blur()")
    reached: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        one = page.evaluate(FOCUSED)
        if one is None or (reached and one["place"] == 0):
            break
        assert one["seen"], f"the focus on {one['name']} cannot be seen"
        reached.append(one["name"])
    return reached


FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')];
  return {name: at.tagName.toLowerCase() + ' ' + (at.innerText || at.name || '').trim(), seen, place: all.indexOf(at)};
}"""


def shoot(page: Any, name: str) -> None:
    """<name>-<language>.png, only when QORGAN_SCREENSHOTS names a folder (docs/screenshots)."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        language = page.locator("html").get_attribute("lang")
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{language}.png"), full_page=True)
