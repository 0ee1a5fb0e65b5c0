"""Paragraphs and their kinds, from a table of invented articles."""

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from webapp.text.normalise import normalise
from webapp.text.paragraphs import split_paragraphs

TABLE = Path(__file__).parents[2] / "data" / "text" / "kinds.fr.txt"
Example = tuple[str, tuple[tuple[str, str], ...]]


def examples() -> Iterator[Example]:
    """Yields (name, ((kind, text), …)) for each article of the table."""
    for part in TABLE.read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, *lines = part.strip().split("\n")
        pairs = (line.replace("⏎", "\n").partition("\t") for line in lines if line)
        yield name, tuple((kind, text) for kind, _, text in pairs)


EXAMPLES = tuple(examples())
LAYOUTS: dict[str, Callable[[list[str]], str]] = {
    "single line breaks": "\n".join,
    "blank lines": "\n\n".join,
    "blank lines with spaces": "\n \u00a0\n".join,
    "hard-wrapped": lambda texts: "\n\n".join(
        textwrap.fill(t, 72, break_long_words=False, break_on_hyphens=False) for t in texts
    ),
}


def test_the_table_is_large_enough() -> None:
    assert sum(len(paragraphs) for _, paragraphs in EXAMPLES) >= 60


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("name", "expected"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_paragraphs_and_kinds_are_told_by_form_in_every_layout(
    name: str, expected: tuple[tuple[str, str], ...], layout: str
) -> None:
    source = normalise(LAYOUTS[layout]([text for _, text in expected]))
    _, paragraphs = split_paragraphs(source)
    found = [(paragraph.kind.value, " ".join(paragraph.text.split())) for paragraph in paragraphs]
    assert found == [(kind, " ".join(text.split())) for kind, text in expected]
