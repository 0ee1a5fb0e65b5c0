"""Whatever bytes a reader is given, it reads them or refuses them in our own words; and it can write what it could read."""

from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.files import MARKDOWN, ODT_CONTENT, PAGE, SUBTITLES, WEBVTT, make_docx, make_epub, make_odt, repacked, unzipped
from webapp.errors import InputError
from webapp.text.readers.base import Rich
from webapp.text.readers.opening import open_file
from webapp.text.readers.paragraphs import paragraphs_of

pytestmark = pytest.mark.slow  # thousands of spoilt files

SAMPLES: Final = {
    "html": PAGE.encode(),
    "md": MARKDOWN.encode(),
    "srt": SUBTITLES.encode(),
    "vtt": WEBVTT.encode(),
    "docx": make_docx(),
    "odt": make_odt(),
    "epub": make_epub(),
}
INSIDE: Final = {"docx": "word/document.xml", "odt": "content.xml", "epub": "OEBPS/two.xhtml"}
TOKENS: Final = {
    "html": [
        "<p>",
        "<b>",
        "</b>",
        "<a",
        "href=x>",
        "</a>",
        "<td>",
        "</p>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<br>",
        "<li>",
        "mot",
        "&lt;",
        "&#0;",
        "<svg>",
        "é",
    ],
    "md": ["# ", "- ", "> ", "**", "_", "`", "[a](b)", "|", "\n", "\n\n", "    ", "```", "mot ", "<b>", "</b>", "![", "[^1]: "],
    "srt": ["1\n", "00:00:01,000 --> 00:00:02,000\n", "00:00:99,000 --> x\n", "mot\n", "\n", "<i>", "</i>", "{\\an8}", "- é\n"],
    "vtt": [
        "WEBVTT\n\n",
        "00:01.000 --> 00:02.000\n",
        "NOTE x\n",
        "mot\n",
        "\n",
        "<v A>",
        "<c.x>",
        "</c>",
        "&amp;",
        "<00:01.500>",
    ],
    "docx": [],
    "odt": [],
    "epub": [],
}
slow = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def read_or_refuse(data: bytes, kind: str) -> None:
    """Reads and writes a file; anything but an InputError of ours goes through to the test."""
    try:
        opened = open_file(data, kind, f"a.{kind}", boilerplate=False)
    except InputError as error:
        assert str(error)
        return
    for block in opened.blocks:
        assert block.text == block.text.strip()
        assert all(0 <= mark.start <= mark.end <= len(block.text) for mark in block.marks)
    paragraphs = paragraphs_of(opened.blocks)
    assert [p.text for p in paragraphs] == [block.text for block in opened.blocks]
    for sentence in (s for p in paragraphs for s in p.sentences):
        assert all(mark.end <= len(sentence.text) for mark in sentence.marks)
    texts = {n: [Rich(block.text, block.marks)] for n, block in enumerate(opened.blocks)}
    assert isinstance(opened.write(texts, "ru"), bytes)


@pytest.mark.parametrize("kind", SAMPLES)
@slow
@given(data=st.data())
def test_a_sample_with_some_bytes_changed_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    sample = bytearray(SAMPLES[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(sample) - 1))
        sample[place] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del sample[data.draw(st.integers(0, len(sample) - 1)) :]
    read_or_refuse(bytes(sample), kind)


@pytest.mark.parametrize("kind", INSIDE)
@slow
@given(data=st.data())
def test_a_document_whose_xml_is_changed_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    text = unzipped(SAMPLES[kind])[INSIDE[kind]].decode()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        stop = min(len(text), start + data.draw(st.integers(0, 60)))
        text = (
            text[:start]
            + data.draw(st.sampled_from(["", "<a/>", "é", "&x;", "<!-- -->", "<w:p/>", text[start:stop] * 2]))
            + text[stop:]
        )
    read_or_refuse(repacked(SAMPLES[kind], {INSIDE[kind]: text}), kind)


@pytest.mark.parametrize("kind", ["docx", "odt"])
@slow
@given(data=st.data())
def test_a_document_whose_elements_are_shuffled_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    from lxml import etree

    text = unzipped(SAMPLES[kind])[INSIDE[kind]] if kind == "docx" else ODT_CONTENT.encode()
    root = etree.fromstring(text)
    elements = [element for element in root.iter() if element.getparent() is not None]
    for _ in range(data.draw(st.integers(1, 5))):
        moved, home = data.draw(st.sampled_from(elements)), data.draw(st.sampled_from(elements))
        if moved is not home and moved not in home.iterancestors() and home.getroottree() is root.getroottree():
            home.append(moved)
    read_or_refuse(repacked(SAMPLES[kind], {INSIDE[kind]: etree.tostring(root)}), kind)


@pytest.mark.parametrize("kind", ["html", "md", "srt", "vtt"])
@slow
@given(data=st.data())
def test_any_mixture_of_what_a_format_is_made_of_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    parts = data.draw(st.lists(st.sampled_from(TOKENS[kind]), max_size=60))
    read_or_refuse("".join(parts).encode(), kind)


@pytest.mark.parametrize("kind", SAMPLES)
@slow
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(kind: str, data: bytes) -> None:
    read_or_refuse(data, kind)
