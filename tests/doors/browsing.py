"""How does a person with a browser, and a machine with a secret, come to a closed door?"""

from __future__ import annotations

import re
from html import unescape

import httpx2

from tests.doors.house import Closed, TestIssuer

PAGE = {"Accept": "text/html,application/xhtml+xml", "Accept-Language": "en"}
# Of the people of the seeds.
PEOPLE = ("Ойдан", "Шығарылған", "Тағы", "Біреу", "Абая")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def hidden(html: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(html)}


class Browser(httpx2.Client):
    """Cookies, redirects and pages, as browsers have them; `at` is the door it stands before."""

    def __init__(self, at: Closed, headers: dict[str, str] | None = None) -> None:
        super().__init__(base_url=at.url, headers={**PAGE, **(headers or {})}, trust_env=False, timeout=30)
        self.at = at

    def login(self, user: str, password: str = "", start: str = "/login") -> httpx2.Response:
        """All the way: to the issuer, through its page, back, and on to the page that was wanted."""
        return self.follow(self.answer_issuer(self.get(start), user, password))

    def answer_issuer(self, led: httpx2.Response, user: str, password: str = "") -> httpx2.Response:
        """From the redirect to the issuer up to, and without, the redirect that brings the code."""
        while led.headers["location"].startswith("/"):
            led = self.get(led.headers["location"])
        asked = self.get(led.headers["location"])
        word = password or self.at.issuer.kept["people"][user]["password"]
        return self.post(f"{self.at.issuer.url}/authorize", data={**hidden(asked.text), "user": user, "password": word})

    def follow(self, answer: httpx2.Response) -> httpx2.Response:
        while answer.has_redirect_location:
            answer = self.get(answer.headers["location"])
        return answer

    def session(self) -> str:
        return self.cookies.get(self.at.door.sessions.cookie, "")


def token(issuer: TestIssuer, machine: str, audience: str) -> str:
    secret = issuer.kept["machines"][machine]["secret"]
    body = {"grant_type": "client_credentials", "audience": audience}
    answer = httpx2.post(f"{issuer.url}/token", data=body, auth=(machine, secret), trust_env=False)
    return str(answer.json()["access_token"])


def bearer(shown: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {shown}"}


def main_of(answer: httpx2.Response) -> str:
    """What stands on a page, without its header, which names the one who reads; nobody of the seeds is named in it."""
    assert answer.status_code == 200, answer.text[:300]
    text = " ".join(answer.text.split("<main")[1].split())
    assert not [word for word in PEOPLE if word in text], "nobody's name, and no address"
    return text
