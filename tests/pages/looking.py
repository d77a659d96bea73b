"""What does a person see, hear and reach on a page? Asked of a real browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

# The pages a stranger should see, by the name of their picture; each in one language, so that all three are seen.
MAIN = {
    "police-new": "ru", "police-reports": "kk", "police-worklist": "en", "police-handover": "ru", "social-worklist": "en",
    "social-referrals-one": "kk", "social-register": "ru", "health-worklist": "en", "health-cases": "ru",
    "router-worklist": "en", "router-needs-shelter": "ru", "picture": "kk",
}
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


def walk(page: Any) -> list[str]:
    """What the Tab key reaches, in order, each as tag and name; fails on a focus that cannot be seen, and on what is passed over."""
    page.evaluate("document.activeElement.blur()")
    reached: dict[int, str] = {}
    last = -1
    to_reach = page.evaluate(REACHABLE)
    for _ in range(3 * len(to_reach) + 30):
        page.keyboard.press("Tab")
        one = page.evaluate(FOCUSED)
        if one is None or (one["place"] in reached and one["place"] != last):
            break
        last = one["place"]
        if last < 0 or last in reached:
            continue  # a wide table that scrolls takes the focus too; a date takes it for day, month and year
        assert one["seen"], f"the focus on {one['name']} cannot be seen"
        reached[one["place"]] = one["name"]
    missed = [name for place, name in to_reach if place not in reached]
    assert not missed, f"the Tab key never reaches {missed[:5]}"
    return list(reached.values())


ALL = "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]"
# Of the radios of a question the Tab key reaches one; what is folded away is reached once it is unfolded. What nobody sees or
# hears need not be reached: the button that Enter presses for all of a form.
REACHABLE = f"""() => {{
  const all = {ALL}, first = {{}};
  return all.map((one, place) => [place, one.tagName.toLowerCase() + ' ' + (one.innerText || one.name || '').trim(), one])
    .filter(([place, name, one]) => one.checkVisibility({{checkVisibilityCSS: true}}) && !one.disabled && one.ariaHidden !== 'true')
    .filter(([place, name, one]) => {{
      if (one.type !== 'radio') return true;
      const group = [...(one.form || document).querySelectorAll(`input[type=radio][name="${{one.name}}"]`)];
      return one === (group.find(other => other.checked) || group[0]);
    }}).map(([place, name]) => [place, name]);
}}"""


FOCUSED = f"""() => {{
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  return {{name: at.tagName.toLowerCase() + ' ' + (at.innerText || at.name || '').trim(), seen, place: {ALL}.indexOf(at)}};
}}"""


def shoot(page: Any, name: str) -> None:
    """docs/screenshots/<name>.png of a main page in its language, only when QORGAN_SCREENSHOTS names the folder."""
    if SHOTS and MAIN.get(name) == page.locator("html").get_attribute("lang"):
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), clip={"x": 0, "y": 0, "width": 1366, "height": 1000}, full_page=True)
