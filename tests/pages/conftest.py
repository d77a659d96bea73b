"""What do tests of pages share? One browser, a fresh watched page a test, and each service's door."""

import shutil

import pytest

from services.health_narcology.wiring import SERVICE as HEALTH
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.wiring import SERVICE as ROUTER
from services.situation_monitor.wiring import SERVICE as MONITOR
from services.social_registry.wiring import SERVICE as SOCIAL
from tests.health_narcology import script as health
from tests.pages import doors
from tests.pages.looking import Watched
from tests.referral_router.region import report
from tests.situation_monitor import script as monitor
from tests.social_registry import script as social

SEEDS = {
    "social_registry": (SOCIAL, lambda: [*social.CENTRES, social.AKIMAT, social.asked("need"), social.notice("notice")]),
    "health_narcology": (HEALTH, lambda: [*health.CENTRES, health.asked("need")]),
    "police_intake": (POLICE, lambda: ()),
    "situation_monitor": (MONITOR, lambda: [*monitor.script(600), *monitor.SURGE]),
    "referral_router": (ROUTER, lambda: [report()]),
}


@pytest.fixture(scope="package")
def browser():
    """Debian's Chromium, without a window; it goes with this folder, since its event loop would stand in others' way."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is missing: pages are not looked at (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def look(browser):
    """look(language, javascript=True) → a page as a worker's screen shows it; at the end nothing went elsewhere or wrong."""
    contexts, pages = [], []

    def new(language="en", javascript=True):
        context = browser.new_context(
            locale=language, viewport={"width": 1366, "height": 768}, java_script_enabled=javascript,
            extra_http_headers={"Accept-Language": language},
        )
        contexts.append(context)
        pages.append(Watched(context.new_page()))
        return pages[-1].page

    yield new
    for one in contexts:
        one.close()
    for one in pages:
        one.quiet()


@pytest.fixture(params=sorted(SEEDS))
def desk(request, stack):
    """The desk of each service in turn, with something on its worklist."""
    service, messages = SEEDS[request.param]
    return doors.desk_of(service, messages())


@pytest.fixture
def door(desk):
    with doors.opened(desk) as opened:
        yield opened


@pytest.fixture
def centre(stack):
    """The door of a crisis centre with one referral and one notice."""
    service, messages = SEEDS["social_registry"]
    with doors.opened(doors.desk_of(service, messages())) as opened:
        yield opened
