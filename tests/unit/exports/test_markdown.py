"""Markdown: a table that hostile text cannot leave."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.exports.samples import draft, sample
from webapp.domain import DocumentParagraph, DocumentSentence, JobStatus, JobView, Origin, ParagraphKind, State, Translation
from webapp.exports import markdown
from webapp.exports.paper import DRAFT_MARK, DRAFT_NOTE


def rows(translation: Translation) -> list[str]:
    sentence = DocumentSentence(0, "Oui", "", {"en": translation})
    paragraphs = (DocumentParagraph(0, ParagraphKind.BODY, (sentence,)),)
    document = replace(sample(), title="Titre", paragraphs=paragraphs, packages=(), job=JobView(JobStatus.DONE, 1, 1))
    return markdown.render(document, ["en"]).split("\n")


def test_source_and_versions_stand_side_by_side() -> None:
    assert rows(Translation("Yes", State.APPROVED, Origin.HUMAN)) == [
        *("# Titre", "", "| Français | English |", "| --- | --- |", "| Oui | Yes |", ""),
    ]


def test_what_nobody_approved_is_marked() -> None:
    stale = Translation("Yes", State.APPROVED, Origin.HUMAN, stale=True)
    assert rows(stale)[4] == rows(draft("Yes"))[4] == f"| Oui | Yes {DRAFT_MARK} |"


@given(st.text(st.sampled_from("|<>&[](){}*_`#\\\r\n\x00\x0b\x85\u2028=-+!~ax😀")))
def test_no_text_leaves_its_cell_or_becomes_markup(words: str) -> None:
    written = rows(draft(words))
    assert [line for line in written[5:] if line] in ([], [DRAFT_NOTE.replace(".", "\\.")])
    bare = re.sub(r"\\.", "", written[4].replace("<br>", ""))
    assert bare.count("|") == 3
    assert not set("<>&[]*_`") & set(bare)
