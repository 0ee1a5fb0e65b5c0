"""Models: what is installed, how good it is, and the button that brings better ones."""

from tests.web.conftest import HTMX, Reader
from webapp.domain import PackageKind
from webapp.errors import PackageIndexUnreachable
from webapp.services.models import install_round
from webapp.web.models import route, steps


class Installer:
    """Installs by changing what the reader's packages claim to be, or fails."""

    def __init__(self, reader: Reader, error: Exception | None = None) -> None:
        self.reader, self.error = reader, error

    def install(self, pairs=None, *, progress=None):  # type: ignore[no-untyped-def]
        progress("fr-en", 40_000_000, 100_000_000)
        self.seen = self.reader.fragment("/models/install").text
        if self.error is not None:
            raise self.error
        self.reader.packages.kind = PackageKind.OFFICIAL
        return ()


def round_of(reader: Reader, error: Exception | None = None) -> Installer:
    from tests.web.conftest import WORKER

    installer = Installer(reader, error)
    assert install_round(reader.context.store, installer, WORKER)
    return installer


def test_the_page_lists_every_step_with_kind_version_size_and_use(reader: Reader) -> None:
    page = reader.text("/models")
    assert page.count('class="package-card starter"') == 3
    assert "French" in page
    assert "21\u00a0MB" in page
    assert "English, Русский, 한국어" in page
    assert "Measured on news it had not seen: BLEU 28.8" in page


def test_a_missing_step_says_what_cannot_be_made_without_it(reader: Reader) -> None:
    reader.packages.pairs = ("en-ru", "fr-en")
    page = reader.text("/models")
    assert "Without it there is no way to 한국어." in page


def test_the_button_asks_the_worker_once_and_shows_the_progress(reader: Reader) -> None:
    part = reader.post("/models/install", headers=HTMX).text
    assert reader.wakes == [1]
    assert part.lstrip().startswith('<div class="install waiting" id="install" hx-get="/models/install" hx-trigger="every 1s"')
    installer = round_of(reader)
    assert "Fetching fr→en: 40\u00a0MB of 100\u00a0MB" in installer.seen
    assert 'max="100000000" value="40000000"' in installer.seen
    done = reader.fragment("/models/install").text
    assert "hx-trigger" not in done
    assert "The official models are installed." in done
    assert done.count('class="package-card official"') == 3


def test_without_htmx_the_button_leads_back_to_the_page(reader: Reader) -> None:
    answer = reader.post("/models/install")
    assert answer.status_code == 303
    assert "about to fetch" in reader.text(answer.location)


def test_a_failure_is_shown_with_what_to_do_about_it(reader: Reader) -> None:
    reader.post("/models/install")
    round_of(reader, PackageIndexUnreachable(url="https://index.example/", detail="no route"))
    page = reader.text("/models")
    assert "The package index cannot be reached" in page
    assert "quatrain models import" in page
    assert "Try again" in page


def test_nothing_is_offered_when_everything_is_official(reader: Reader) -> None:
    reader.packages.kind = PackageKind.OFFICIAL
    assert 'action="/models/install"' not in reader.text("/models")


def test_a_direct_package_spares_the_way_through_english(reader: Reader) -> None:
    assert route("ru", frozenset({"fr-ru"})) == ("fr-ru",)
    assert route("ru", frozenset()) == ("fr-en", "en-ru")
    reader.packages.pairs = ("en-ru", "fr-en", "fr-ru")
    found = {(s.source, s.target): s.used_for for s in steps(reader.packages.installed(), ("en", "ru"))}
    assert found == {("fr", "en"): ("English",), ("fr", "ru"): ("Русский",), ("en", "ru"): ()}
