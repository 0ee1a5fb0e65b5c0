"""A text cut into paragraphs and sentences, losslessly."""

from webapp.domain import Paragraph
from webapp.text.kinds import classify
from webapp.text.lines import split_blocks
from webapp.text.sentences import split_sentences


def split_paragraphs(text: str) -> tuple[str, tuple[Paragraph, ...]]:
    """Cuts a normalised text into its leading white space and its paragraphs, in source order.

    `leading + "".join(p.text + p.separator for p in paragraphs) == text`. Where paragraphs end is told by `lines.py`,
    what they are by `kinds.py`. Neither paragraphs nor sentences begin or end with white space. Text without any visible
    character gives (text, ()). The time is linear.
    """
    blocks = split_blocks(text)
    if not blocks:
        return text, ()
    kinds = classify([text[start:stop] for start, stop in blocks])
    following = [*(start for start, _ in blocks[1:]), len(text)]
    paragraphs = tuple(
        Paragraph(kind, split_sentences(text[start:stop]), text[stop:next_start])
        for kind, (start, stop), next_start in zip(kinds, blocks, following, strict=True)
    )
    return text[: blocks[0][0]], paragraphs
