"""TMX, XLIFF and CSV: what other tools read in them, and that nothing unreviewed passes for a translation."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile

from tests.unit.exports.samples import draft, sample
from webapp.domain import Document, DocumentParagraph, DocumentSentence, Origin, ParagraphKind, State, Translation
from webapp.errors import RequestInvalid
from webapp.exports import csv as csv_format
from webapp.exports import tmx, xliff, xliff2
from webapp.exports.registry import formats
from webapp.exports.units import clean

ONE = "{urn:oasis:names:tc:xliff:document:1.2}"
TWO = "{urn:oasis:names:tc:xliff:document:2.0}"
HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text(st.sampled_from("<>&'\"]=+-@\t\r\n\x00\x0b\x1f\x85\u00a0\u202f\u202e\u2028\ufffe\ud800😀가я")),
)


def document(translation: Translation, source: str = "Bonjour.") -> Document:
    sentence = DocumentSentence(0, source, "", {"en": translation})
    return replace(sample(), targets=("en",), paragraphs=(DocumentParagraph(0, ParagraphKind.BODY, (sentence,)),))


def text(state: State, origin: Origin = Origin.HUMAN, **more: Any) -> Translation:
    return Translation("Hello.", state, origin, **more)


def parse(written: str) -> ET.Element:
    return ET.fromstring(written.encode())  # noqa: S314  (our own file)


NOT_APPROVED = [
    text(State.DRAFT, Origin.MT),
    text(State.DRAFT, Origin.MEMORY),
    text(State.TRANSLATED),
    text(State.REJECTED),
    text(State.APPROVED, stale=True),
]


@pytest.mark.parametrize("translation", NOT_APPROVED)
def test_by_default_nothing_but_an_approved_text_of_the_present_french_is_a_translation(translation: Translation) -> None:
    given = document(translation)
    assert parse(tmx.render(given)).find(".//tu") is None
    assert parse(xliff.render(given)).find(f".//{ONE}trans-unit/{ONE}target") is None
    assert parse(xliff2.render(given)).find(f".//{TWO}target") is None


def test_translate_toolkit_reads_an_approved_pair_from_the_tmx() -> None:
    (unit,) = tmxfile(BytesIO(tmx.render(document(text(State.APPROVED))).encode()), "fr-FR", "en-US").units
    assert (str(unit.source), str(unit.target), unit.getid()) == ("Bonjour.", "Hello.", "a1.0.0")


def test_translate_toolkit_reads_an_approved_unit_from_the_xliff() -> None:
    (unit,) = xlifffile(BytesIO(xliff.render(document(text(State.APPROVED))).encode())).units
    assert (str(unit.source), str(unit.target), unit.isapproved()) == ("Bonjour.", "Hello.", True)
    assert unit.xmlelement.get("id") == "a1.0.0"


@pytest.mark.parametrize(
    ("translation", "one", "two"),
    [
        (text(State.APPROVED), ("signed-off", None), ("reviewed", None)),
        (text(State.TRANSLATED), ("translated", None), ("translated", None)),
        (text(State.DRAFT, Origin.MT), ("needs-review-translation", "mt-suggestion"), ("initial", "quatrain:mt")),
        (text(State.DRAFT, Origin.MEMORY), ("needs-review-translation", "fuzzy-match"), ("initial", "quatrain:unreviewed")),
        (text(State.APPROVED, stale=True), ("needs-review-translation", "fuzzy-match"), ("initial", "quatrain:unreviewed")),
    ],
)
def test_on_request_every_text_is_there_and_marked_as_what_it_is(
    translation: Translation, one: tuple[str, str | None], two: tuple[str, str | None]
) -> None:
    target = parse(xliff.render_all(document(translation))).find(f".//{ONE}trans-unit/{ONE}target")
    segment = parse(xliff2.render_all(document(translation))).find(f".//{TWO}segment")
    assert target is not None
    assert segment is not None
    assert (target.get("state"), target.get("state-qualifier")) == one
    assert (segment.get("state"), segment.get("subState")) == two


def test_a_rejected_text_is_never_handed_on() -> None:
    given = document(text(State.REJECTED))
    assert all("Hello" not in one.render_all(given) for one in (tmx, xliff, xliff2))


def test_a_draft_stands_in_the_xliff_as_a_proposal_of_argos() -> None:
    proposal = parse(xliff.render(document(draft("Hello.")))).find(f".//{ONE}alt-trans")
    assert proposal is not None
    assert (proposal.get("origin"), proposal.findtext(f"{ONE}target")) == ("argos", "Hello.")


def test_drafts_in_a_tmx_say_so_pair_by_pair_and_in_the_header() -> None:
    root = parse(tmx.render_all(document(draft("Hello."))))
    assert [(p.get("type"), p.text) for p in root.iter("prop")] == [("x-state", "draft"), ("x-origin", "mt")]
    assert root.findtext("header/note") == tmx.NOTE


def test_a_paragraph_that_is_not_french_does_not_enter_the_memory_as_french() -> None:
    given = document(text(State.APPROVED))
    english = replace(given.paragraphs[0], language="en")
    assert parse(tmx.render(replace(given, paragraphs=(english,)))).find(".//tu") is None


def test_the_spaces_between_sentences_stay_and_a_no_break_space_is_a_character() -> None:
    root = parse(xliff2.render(sample(), ["en"]))
    assert [gap.text for gap in root.findall(f".//{TWO}ignorable/{TWO}source")] == [" "]
    assert "3\u202f000" in xliff.render(sample(), ["en"])


def test_a_tmx_of_several_targets_holds_each_with_its_region() -> None:
    variants = parse(tmx.render_all(sample())).iterfind(".//tu[1]/*")
    languages = [variant.get("{http://www.w3.org/XML/1998/namespace}lang") for variant in variants]
    assert languages == ["fr-FR", "en-US", "ko-KR"]


def test_several_targets_are_taken_only_where_one_file_can_hold_them() -> None:
    known = formats()
    known["tmx"].check_targets(["en", "ko"], named=True)
    known["csv"].check_targets(["en", "ko"], named=False)
    for name, named in (("tmx", False), ("xliff", True), ("xliff2", True)):
        with pytest.raises(RequestInvalid):
            known[name].check_targets(["en", "ko"], named=named)


@given(HOSTILE.filter(str.strip), HOSTILE)
def test_any_text_comes_out_of_the_xml_as_it_went_in_less_what_xml_forbids(source: str, words: str) -> None:
    given = document(Translation(words, State.APPROVED, Origin.HUMAN), source)
    roots = [parse(xliff.render(given)), parse(xliff2.render(given)), parse(tmx.render(given))]
    wanted = clean(words) if clean(words).strip() else None
    for root, space in zip(roots, (ONE, TWO), strict=False):
        assert root.findtext(f".//{space}source") == clean(source)
        assert root.findtext(f".//{space}target") == wanted
    segments = [seg.text for seg in roots[2].iter("seg")]
    assert segments == ([clean(source), wanted] if wanted and clean(source).strip() else [])


def test_the_csv_does_not_call_a_text_of_an_earlier_french_approved() -> None:
    _, row = csv.reader(StringIO(csv_format.render(document(text(State.APPROVED, stale=True)))[1:], newline=""))
    assert row[4] == "approved (stale)"


@given(HOSTILE.filter(str.strip), HOSTILE)
def test_no_cell_of_the_csv_begins_a_formula_and_none_loses_its_text(source: str, words: str) -> None:
    written = csv_format.render(document(Translation(words, State.DRAFT, Origin.MT), source))
    assert written.encode().startswith(b"\xef\xbb\xbf")
    _, row = csv.reader(StringIO(written[1:], newline=""))
    assert row[0] == "a1.0.0"
    assert row[4] == "draft"
    for cell, original in ((row[2], source), (row[3], words)):
        assert not cell.lstrip().startswith(tuple("=+-@|%"))
        assert cell in {clean(original), "'" + clean(original)}
