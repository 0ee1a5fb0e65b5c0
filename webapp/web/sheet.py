"""The sheet: what one row of the article page shows, ready to print; a row is a paragraph, a cell one language of it.

Lives here: ids, marks, the room a cell keeps for what is still to come. Never here: requests, markup.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import cycle
from typing import Final

from webapp.domain import UNTRANSLATED, DocumentParagraph, DocumentSentence, Mark, ParagraphKind, State, Translation
from webapp.errors import N_
from webapp.languages import LANGUAGES, SOURCE
from webapp.services.marking import NO_MARKS, Marks
from webapp.web.formats import fine_spaces

LOW_CONFIDENCE: Final = 0.25
"""A draft below this is marked: in its weaker hop the machine gave the pieces less than one chance in four on (geometric)
average. Of the starter packages' drafts of the sample it marks one in ten in English and Russian, one in five in Korean."""

STATE_WORDS: Final = {
    State.UNTRANSLATED: N_("not translated yet"),
    State.DRAFT: N_("draft"),
    State.TRANSLATED: N_("translated"),
    State.APPROVED: N_("approved"),
    State.REJECTED: N_("rejected"),
}

_RANK: Final = (State.UNTRANSLATED, State.REJECTED, State.DRAFT, State.TRANSLATED, State.APPROVED)
_LETTERS: Final = {"Latn": "eastnorilu", "Cyrl": "оеаинтсрвл", "Kore": "가나다라마바사아자하"}
_WORD_LENGTHS: Final = {"Latn": (4, 7, 2, 9, 5, 3, 8), "Cyrl": (6, 9, 2, 8, 5, 11, 7), "Kore": (3, 2, 4, 3, 2, 5)}


Hits = frozenset[tuple[int, str]]
"""Sentences with their targets that a filter let through."""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence in one language. `ghost` is meaningless text as long as what is expected, "" once there is a text.

    `sign` names the mark in the margin, `words` (message keys) say all that is to be known of it. `sentence_id` is 0 in the
    source. `hit`: a filter let it through. `terms`: where the French has terms of the glossary, as the script that marks them
    reads it.
    """

    dom_id: str
    number: int
    text: str
    gap: str
    low: bool = False
    ghost: str = ""
    pivot: str | None = None
    sentence_id: int = 0
    sign: str = ""
    words: tuple[str, ...] = ()
    hit: bool = False
    comments: int = 0
    terms: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class CellView:
    """One language of a paragraph. `lang` may differ from the column's in a source cell (a foreign paragraph)."""

    dom_id: str
    column: str
    lang: str
    kind: ParagraphKind
    sentences: tuple[SentenceView, ...]
    state: State | None = None
    number: int = 0
    foreign: str | None = None

    @property
    def tag(self) -> str:
        """The element of its text."""
        return "h2" if self.kind is ParagraphKind.HEADING else "p"

    @property
    def pivots(self) -> tuple[SentenceView, ...]:
        """The sentences that came through English."""
        return tuple(sentence for sentence in self.sentences if sentence.pivot)

    @property
    def pending(self) -> bool:
        """Whether something is still to come."""
        return any(sentence.ghost for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class RowView:
    """One paragraph; `number` counts from 1."""

    number: int
    kind: ParagraphKind
    cells: tuple[CellView, ...]


def no_terms(_text: str) -> str:
    """Says that a sentence holds no term."""
    return ""


def row_of(
    paragraph: DocumentParagraph,
    targets: Sequence[str],
    hits: Hits = frozenset(),
    terms: Callable[[str], str] = no_terms,
    *,
    marks: Marks = NO_MARKS,
) -> RowView:
    """Lays a paragraph out: the source first, then the targets in their order; `hits` are what a filter let through.

    `terms` tells where a French sentence has terms of the glossary, see `services.terms.Glossary.places`.
    """
    cells = (source_cell(paragraph, terms, marks), *(target_cell(paragraph, target, hits, marks) for target in targets))
    return RowView(paragraph.index + 1, paragraph.kind, cells)


def source_cell(paragraph: DocumentParagraph, terms: Callable[[str], str] = no_terms, marks: Marks = NO_MARKS) -> CellView:
    """The French of a paragraph (or whatever it is written in, flagged)."""
    language = paragraph.language or SOURCE
    sentences = tuple(
        SentenceView(
            _sentence_id(paragraph, s, SOURCE),
            s.index,
            fine_spaces(s.text, language),
            s.separator,
            comments=s.comments,
            terms=terms(s.text) if paragraph.language is None else "",
            marks=marks.get((s.id, SOURCE), ()),
        )
        for s in paragraph.sentences
    )
    return CellView(
        _cell_id(paragraph, SOURCE),
        SOURCE,
        language,
        paragraph.kind,
        sentences,
        number=paragraph.index + 1,
        foreign=paragraph.language,
    )


def target_cell(paragraph: DocumentParagraph, target: str, hits: Hits = frozenset(), marks: Marks = NO_MARKS) -> CellView:
    """One version of a paragraph."""
    views = (_target_sentence(paragraph, s, target, (s.id, target) in hits) for s in paragraph.sentences)
    sentences = tuple(replace(v, marks=marks[v.sentence_id, target]) if (v.sentence_id, target) in marks else v for v in views)
    state = overall_state(s.translations.get(target, UNTRANSLATED) for s in paragraph.sentences)
    return CellView(_cell_id(paragraph, target), target, target, paragraph.kind, sentences, state)


def overall_state(translations: Iterable[Translation]) -> State:
    """The state of several sentences together: that of the one that needs most work."""
    return min((t.state for t in translations), key=_RANK.index, default=State.UNTRANSLATED)


def is_low(translation: Translation) -> bool:
    """Whether the machine was not sure; what a person wrote or confirmed is never marked."""
    unsure = translation.confidence is not None and translation.confidence < LOW_CONFIDENCE
    return unsure and translation.state is State.DRAFT


@lru_cache(maxsize=4096)
def ghost_text(length: int, script: str) -> str:
    """Meaningless words of the script, `length` code points in all: they wrap and fill lines as a text would."""
    letters = cycle(_LETTERS.get(script, _LETTERS["Latn"]))
    words = cycle(_WORD_LENGTHS.get(script, _WORD_LENGTHS["Latn"]))
    text = ""
    while len(text) < length:
        text += "".join(next(letters) for _ in range(next(words))) + " "
    return text[:length].rstrip()


def sign_of(translation: Translation) -> str:
    """The mark of a translation: what needs a person most. A state nobody needs to look at is its own sign."""
    signs = (
        (translation.errors > 0, "finding"),
        (translation.stale or translation.pivot_changed, "stale"),
        (translation.pending and bool(translation.text), "pending"),
        (is_low(translation), "low"),
        (translation.warnings > 0 and translation.state is not State.APPROVED, "finding"),
    )
    return next((sign for holds, sign in signs if holds), translation.state.value)


def words_of(translation: Translation) -> tuple[str, ...]:
    """Everything the mark stands for, as message keys: the state first."""
    flags = (
        (translation.errors > 0, N_("with errors")),
        (translation.warnings > 0, N_("with something to check")),
        (translation.stale, N_("the French changed")),
        (translation.pivot_changed, N_("the English changed")),
        (translation.has_proposal, N_("a proposal beside it")),
        (translation.pending and bool(translation.text), N_("being drafted again")),
        (is_low(translation), N_("low confidence")),
    )
    return (STATE_WORDS[translation.state], *(words for holds, words in flags if holds))


def row_dom_id(paragraph: int) -> str:
    """The id of a paragraph's row on the page; `paragraph` counts from 0."""
    return f"p{paragraph + 1}"


def sentence_dom_id(paragraph: int, index: int, column: str) -> str:
    """The id of a sentence on the page; both numbers count from 0."""
    return f"s{paragraph + 1}-{index + 1}-{column}"


def _target_sentence(paragraph: DocumentParagraph, sentence: DocumentSentence, target: str, hit: bool) -> SentenceView:
    translation = sentence.translations.get(target, UNTRANSLATED)
    language = LANGUAGES[target]
    room = max(2, round(len(sentence.text) * language.expansion))
    return SentenceView(
        _sentence_id(paragraph, sentence, target),
        sentence.index,
        fine_spaces(translation.text, target),
        "\n" if "\n" in sentence.separator else " " if sentence.separator else "",
        low=is_low(translation),
        ghost="" if translation.text else ghost_text(room, language.script),
        pivot=translation.pivot,
        sentence_id=sentence.id,
        sign=sign_of(translation),
        words=words_of(translation),
        hit=hit,
    )


def _cell_id(paragraph: DocumentParagraph, column: str) -> str:
    return f"p{paragraph.index + 1}-{column}"


def _sentence_id(paragraph: DocumentParagraph, sentence: DocumentSentence, column: str) -> str:
    return sentence_dom_id(paragraph.index, sentence.index, column)
