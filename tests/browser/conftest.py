"""A real Chromium in front of the real application; each test has its own newsroom and its own browser profile."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.newsroom import Newsroom
from tests.browser.typist import Typist
from webapp.config import Settings
from webapp.domain import PackageKind
from webapp.engine.packages import InstalledPackage, PackageStore
from webapp.web.new import sample_text

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
EXPECTED = ("Failed to load resource", "Response Status Error Code", "htmx:sendError", "htmx:afterRequest")
"""What Chromium and htmx write down themselves when a server refuses or does not answer."""
MISSING = (
    "The browser tests need Chromium and never skip in silence. Install it (Debian and Ubuntu: apt-get install chromium "
    "fonts-noto-core fonts-noto-cjk), or set CHROMIUM to the path of one."
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


def chromium_path() -> str:
    """Where Chromium is; fails, saying what to install, where there is none.

    The one without windows is preferred where it is installed, as on Debian: it opens a page in a third of the time.
    """
    named = os.environ.get("CHROMIUM")
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    found = named if named and Path(named).is_file() else next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.fail(MISSING, pytrace=False)
    return found


class Starters(PackageStore):
    """Claims that the starter packages are installed; the tests' engine does without any."""

    def installed(self) -> tuple[InstalledPackage, ...]:
        when = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        pairs = (("en", "ko"), ("en", "ru"), ("fr", "en"))
        return tuple(
            InstalledPackage(
                f"{a}-{b}", a, b, "0.1", PackageKind.STARTER, f"{a}{b}".ljust(64, "0"), Path("/none"), 20_000_000, when
            )
            for a, b in pairs
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    path = chromium_path()
    expect.set_options(timeout=20_000)  # machines that test are busy; what does not come fails late, what comes passes at once
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def newsroom(settings: Settings) -> Iterator[Newsroom]:
    """An empty newsroom whose worker drafts at once."""
    with Newsroom(settings, Typist(), packages=Starters(settings)) as room:
        yield room


@pytest.fixture
def drafted(newsroom: Newsroom) -> str:
    """The sample, drafted; gives its id."""
    article = newsroom.submit(sample_text())
    newsroom.finish(article)
    return article


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, newsroom: Newsroom) -> Iterator[Open]:
    """Opens a page in a fresh profile; fails the test when the page complains in its console."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(path: str = "/", *, width: int = 1440, height: int = 900, language: str = "en", **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale=language, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" and not m.text.startswith(EXPECTED) else None)
        page.goto(newsroom.address + path)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not complaints
