"""Files out and back in, in the browser's way."""

import re
from io import BytesIO

import pytest

from tests.web.conftest import Reader
from webapp.domain import State
from webapp.exports.registry import formats
from webapp.services.articles import get_document


@pytest.fixture
def article(reader: Reader) -> str:
    article_id = reader.submit()
    reader.draft()
    return article_id


def xliff(reader: Reader, article: str) -> str:
    """The article's English as a translator gives it back: the first sentence signed off, the rest untouched."""
    xml = reader.get(f"/articles/{article}/export/file?format=xliff&target=en&include=all").text
    signed = '<target xml:lang="en-US" state="signed-off">The museum reopens its doors</target>'
    return re.sub(r"<target .*?</target>", signed, xml, count=1)


def send(reader: Reader, article: str, xml: str, **fields: str) -> str:
    file = {"file": (BytesIO(xml.encode()), "back.xlf")}
    return reader.post(f"/articles/{article}/export/back", {**file, **fields}, follow_redirects=True).text


def english(reader: Reader, article: str) -> list[State]:
    with reader.context.store.read() as tx:
        document = get_document(tx, article)
    return [s.translations["en"].state for p in document.paragraphs for s in p.sentences]


@pytest.mark.parametrize("name", [name for name in formats() if name != "pdf"])
def test_every_format_can_be_had_from_the_page(reader: Reader, article: str, name: str) -> None:
    page = reader.text(f"/articles/{article}/export")
    assert f'<option value="{name}">' in page
    answer = reader.get(f"/articles/{article}/export/file?format={name}&target=ko&layout=paragraphs&include=all")
    assert answer.status_code == 200
    assert answer.mimetype == formats()[name].media_type
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{article}-ko')


def test_the_article_leads_to_its_export(reader: Reader, article: str) -> None:
    assert f'href="/articles/{article}/export"' in reader.text(f"/articles/{article}")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("format=exe", 422),
        ("format=xliff&target=en&target=ru", 422),
        ("format=docx&layout=version", 422),
        ("format=csv&target=de", 400),
    ],
)
def test_what_cannot_be_made_says_why(reader: Reader, article: str, query: str, status: int) -> None:
    assert reader.get(f"/articles/{article}/export/file?{query}").status_code == status


def test_a_preview_changes_nothing_and_says_what_would_be_taken(reader: Reader, article: str) -> None:
    page = send(reader, article, xliff(reader, article), preview="1")
    assert "1 translation would be taken." in page
    assert "not reviewed by anybody" in page
    assert set(english(reader, article)) == {State.DRAFT}


def test_what_is_taken_is_approved_and_reported(reader: Reader, article: str) -> None:
    page = send(reader, article, xliff(reader, article))
    assert "1 translation was taken from the file." in page
    assert english(reader, article)[0] is State.APPROVED


def test_a_file_that_is_none_is_refused_with_a_reason(reader: Reader, article: str) -> None:
    assert "it is no XLIFF file" in send(reader, article, "<html/>")
    answer = reader.post(f"/articles/{article}/export/back", {})
    assert answer.status_code in {400, 422}
    assert set(english(reader, article)) == {State.DRAFT}
