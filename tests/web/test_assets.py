"""Static files: pinned, small, and nothing from elsewhere."""

import hashlib
import re

from tests.web.conftest import Reader
from webapp.web.assets import HTMX, STATIC

HTMX_SHA256 = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"


def test_htmx_is_the_file_that_was_vendored() -> None:
    assert hashlib.sha256((STATIC / HTMX).read_bytes()).hexdigest() == HTMX_SHA256
    notice = (STATIC / "vendor" / "README.md").read_text()
    assert HTMX_SHA256 in notice
    assert "0BSD" in notice


def test_pages_are_light(reader: Reader) -> None:
    for path, limit in (("/", 60_000), ("/articles/new", 70_000), (f"/articles/{reader.submit()}", 115_000)):
        own = set(re.findall(r"/static/([\w.]+)\?v=", reader.get(path).text))
        assert {"quatrain.css", "quatrain.js"} <= own
        assert sum((STATIC / name).stat().st_size for name in own) < limit, path


def test_nothing_is_fetched_from_elsewhere(reader: Reader) -> None:
    for path in STATIC.glob("*.*"):
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org)", path.read_text()), path.name
    assert not re.search(r'(src|href)="(https?:)?//', reader.get("/").text)


def test_the_address_of_a_file_changes_with_its_content(reader: Reader) -> None:
    expected = hashlib.sha256((STATIC / "quatrain.css").read_bytes()).hexdigest()[:10]
    assert f"/static/quatrain.css?v={expected}" in reader.get("/").text


def test_htmx_is_configured_to_live_under_the_policy(reader: Reader) -> None:
    page = reader.get("/").text
    for setting in ('"includeIndicatorStyles":false', '"allowEval":false', '"selfRequestsOnly":true', '"historyCacheSize":0'):
        assert setting in page
