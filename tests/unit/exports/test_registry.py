"""The table of formats finds its files by looking."""

from webapp.exports.registry import formats


def test_each_format_is_found_under_its_name() -> None:
    known = ["csv", "docx", "html", "json", "markdown", "odt", "omegat", "pdf", "text", "tmx", "xliff", "xliff2", "xlsx"]
    assert list(formats()) == known


def test_endings_and_media_types_are_told_apart() -> None:
    assert len({one.extension for one in formats().values()}) == len(formats())
    assert len({one.media_type for one in formats().values()}) == len(formats())
