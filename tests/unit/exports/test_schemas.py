"""Exported XLIFF and TMX against the published schemas: OASIS's for XLIFF 1.2 (strict) and 2, the DTD of TMX 1.4."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.schemas import SCHEMA_OF, complaints, with_schemas
from tests.unit.exports.samples import sample
from tests.unit.exports.test_interchange import HOSTILE, NOT_APPROVED, text
from webapp.align.beads import Bead
from webapp.domain import Document, DocumentParagraph, DocumentSentence, Origin, ParagraphKind, State, Translation
from webapp.exports.registry import Include, formats
from webapp.services.aligned_formats import to_tmx
from webapp.services.aligning import Aligned

pytestmark = with_schemas


def article(*translations: Translation, source: str = "Le port rouvre.") -> Document:
    """An article in one target: a heading, then one sentence for each translation."""
    sentences = tuple(DocumentSentence(n, source, " ", {"en": one}, n) for n, one in enumerate(translations))
    heading = DocumentParagraph(0, ParagraphKind.HEADING, (DocumentSentence(0, "Titre", "", {"en": translations[0]}, 99),))
    return replace(sample(), targets=("en",), paragraphs=(heading, DocumentParagraph(1, ParagraphKind.BODY, sentences)))


def render(name: str, document: Document, include: Include, targets: Sequence[str]) -> str:
    return formats()[name].write(document, targets, include).decode()


EVERY_STATE = article(*NOT_APPROVED, *(text(state, origin) for state in State for origin in Origin))


@pytest.mark.parametrize("include", Include)
@pytest.mark.parametrize("name", SCHEMA_OF)
def test_a_file_in_every_state_is_valid(name: str, include: Include) -> None:
    assert complaints(name, render(name, EVERY_STATE, include, ["en"])) == []


@pytest.mark.parametrize("include", Include)
@pytest.mark.parametrize("name", SCHEMA_OF)
def test_an_article_half_drafted_is_valid(name: str, include: Include) -> None:
    for target in sample().targets:
        assert complaints(name, render(name, sample(), include, [target])) == []


def test_a_tmx_file_of_several_languages_is_valid() -> None:
    assert complaints("tmx", render("tmx", sample(), Include.ALL, sample().targets)) == []


@pytest.mark.parametrize("name", SCHEMA_OF)
@settings(max_examples=25)
@given(source=HOSTILE, target=HOSTILE)
def test_whatever_the_texts_hold_the_file_is_valid(name: str, source: str, target: str) -> None:
    document = article(Translation(target or "x", State.APPROVED, Origin.HUMAN), source=source or "x")
    assert complaints(name, render(name, document, Include.ALL, ["en"])) == []


@settings(max_examples=25)
@given(source=HOSTILE, target=HOSTILE)
def test_two_texts_aligned_are_a_valid_tmx_file(source: str, target: str) -> None:
    beads = (Bead((0,), (0,), 0.9), Bead((1,), (), 0.1), Bead((), (1,), 0.1))
    assert complaints("tmx", to_tmx(Aligned("ko", (source, "Fin."), (target, "끝."), beads))) == []


def test_a_schema_would_complain() -> None:
    broken = render("xliff", EVERY_STATE, Include.ALL, ["en"]).replace("<source", "<sauce").replace("</source", "</sauce")
    assert complaints("xliff", broken) != []
