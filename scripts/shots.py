"""Makes the README's screenshots anew: the real product with the packages it ships with, in a real Chromium (`make shots`)."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.newsroom import Newsroom  # noqa: E402  (the tests' newsroom: the application and a worker in one process)
from webapp.config import Settings  # noqa: E402
from webapp.engine.packages import PackageStore  # noqa: E402
from webapp.engine.translator import ArgosEngine  # noqa: E402
from webapp.web.new import sample_text  # noqa: E402

FOLDER = ROOT / "docs" / "shots"
WIDE, PHONE = (1440, 900), (390, 844)


def main() -> None:
    """Drafts the sample with the starter packages and takes every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    path = found or sys.exit("Chromium is needed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = Settings(data_dir=Path(folder))
        packages = PackageStore(settings)
        packages.install_starters()
        with Newsroom(settings, ArgosEngine(packages, settings), packages=packages) as newsroom:
            article = newsroom.submit(sample_text())
            newsroom.finish(article, 600)
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            take(browser, newsroom.address, f"/articles/{article}")
            browser.close()


def take(browser: Browser, address: str, article: str) -> None:
    """Takes the pictures; in those of the article a sentence is pointed at."""
    for name, path, (width, height), scheme in (
        ("article", article, WIDE, "light"),
        ("article-night", article, WIDE, "dark"),
        ("phone", article, PHONE, "light"),
        ("new", "/articles/new", WIDE, "light"),
        ("models", "/models", WIDE, "light"),
    ):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en", color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address + path)
        if path == article:
            page.locator("#s2-2-en").hover()
        page.wait_for_timeout(300)
        page.screenshot(path=FOLDER / f"{name}.png")
        context.close()


if __name__ == "__main__":
    main()
