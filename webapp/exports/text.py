"""Plain text: what a translator pastes into a message or another program.

One target gives the bare translation with the paragraphs of the source and nothing else, so that
`quatrain translate a.txt --to en -f text > a.en.txt` makes a text file. Several targets stand one after the other, each
under a line `=== English ===`, which `csplit` or a search finds again. The aligned view is what the HTML format is for.
"""

from collections.abc import Sequence

from webapp.domain import Document, DocumentParagraph
from webapp.exports.registry import Format
from webapp.exports.units import alone
from webapp.languages import LANGUAGES


def render(document: Document, targets: Sequence[str] | None = None) -> str:
    """Writes the versions in the order of `targets`; the result ends in one line feed."""
    chosen = tuple(document.targets if targets is None else targets)
    if len(chosen) == 1:
        return _version(document, chosen[0])
    parts = [f"=== {LANGUAGES[target].endonym} ===\n\n{_version(document, target)}" for target in chosen]
    return "\n".join(parts)


def _version(document: Document, target: str) -> str:
    blocks = [(alone(paragraph, target), _gap(paragraph)) for paragraph in document.paragraphs]
    text = "".join(text + gap for text, gap in blocks if text)
    return text.rstrip("\n") + "\n"


def _gap(paragraph: DocumentParagraph) -> str:
    """One line feed where the source has one, a blank line everywhere else."""
    return "\n" if paragraph.separator.count("\n") == 1 else "\n\n"


FORMAT = Format("text", "text/plain", ".txt", render)
