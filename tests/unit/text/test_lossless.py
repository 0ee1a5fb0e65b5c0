"""Nothing of an article is lost or changed beyond `normalise`: properties of every step of reading."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.text.strategies import texts
from webapp.domain import SourceText
from webapp.errors import InputError
from webapp.text.normalise import normalise
from webapp.text.paragraphs import split_paragraphs
from webapp.text.read import read_article
from webapp.text.sentences import split_sentences

LIMIT = 1 << 20
UNHURRIED = settings(deadline=None)  # the first example loads langdetect’s profiles


def read(data: bytes | str) -> SourceText | None:
    """The article, or None if it is refused with one of the errors that the contract names."""
    try:
        return read_article(data, max_bytes=LIMIT, accept_any_language=True)
    except InputError:
        return None


@UNHURRIED
@given(texts)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@UNHURRIED
@given(texts)
def test_joined_sentences_are_the_text(text: str) -> None:
    source = normalise(text)
    sentences = split_sentences(source)
    assert "".join(s.text + s.separator for s in sentences) == (source if source.strip() else "")
    assert all(not s.separator.strip() for s in sentences)


@UNHURRIED
@given(texts)
def test_joined_paragraphs_are_the_normalised_source(text: str) -> None:
    source = normalise(text)
    leading, paragraphs = split_paragraphs(source)
    assert leading + "".join(p.text + p.separator for p in paragraphs) == source
    for paragraph in paragraphs:
        assert paragraph.text.strip() == paragraph.text
        assert all(s.text.strip() == s.text for s in paragraph.sentences)
        assert paragraph.sentences[-1].separator == ""


@UNHURRIED
@given(texts)
def test_a_read_article_is_the_normalised_source(text: str) -> None:
    article = read(text)
    if article:
        assert article.text == normalise(text)
        assert article.title.strip()
        assert "\x00" not in article.text


@UNHURRIED
@given(texts, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_bytes_and_pasted_text_give_the_same_article(text: str, encoding: str) -> None:
    text = text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("<", "")
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return
    from_bytes, pasted = read(data), read(text)
    if from_bytes and pasted:
        assert from_bytes.paragraphs == pasted.paragraphs


@UNHURRIED
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    article = read(data)
    assert article is None or article.paragraphs


@UNHURRIED
@given(texts)
def test_no_sentence_is_without_letters_beside_others_that_have_some(text: str) -> None:
    for paragraph in split_paragraphs(normalise(text))[1]:
        bare = [s for s in paragraph.sentences if not any(c.isalnum() for c in s.text)]
        assert not bare or len(paragraph.sentences) == 1


@UNHURRIED
@given(texts)
def test_sentences_do_not_depend_on_the_text_beyond_a_blank_line(text: str) -> None:
    source = normalise(text).strip()
    once = [sentence.text for sentence in split_sentences(source)]
    assert [sentence.text for sentence in split_sentences(f"{source}\n\n{source}")] == once * 2
