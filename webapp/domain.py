"""The nouns of the house as frozen dataclasses, and what is always true of them.

Lives here: values and their invariants. Never here: I/O, the clock, a database row, a request.
Indices start at 0; offsets are code points; probabilities and confidences are 0..1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final


class ParagraphKind(StrEnum):
    """What a block of the source is, told apart by its form."""

    HEADING = "heading"
    BODY = "body"
    QUOTE = "quote"
    ITEM = "item"
    BYLINE = "byline"
    ALT = "alt"  # what a picture shows, in words; it is seen by those who do not see the picture


class State(StrEnum):
    """How far the review of a translation has come (the segment state of CAT tools)."""

    UNTRANSLATED = "untranslated"
    DRAFT = "draft"
    TRANSLATED = "translated"
    APPROVED = "approved"
    REJECTED = "rejected"


class Origin(StrEnum):
    """Where the text of a translation comes from; kept apart from its state."""

    MT = "mt"
    MEMORY = "memory"
    HUMAN = "human"
    MT_EDITED = "mt-edited"
    IMPORTED = "imported"


class JobStatus(StrEnum):
    """Where the drafting of an article stands. The first two are open, the others final until asked for again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PackageKind(StrEnum):
    """Where a package comes from: an Argos index, a file somebody brought, or the small ones shipped with Quatrain."""

    OFFICIAL = "official"
    IMPORTED = "imported"
    STARTER = "starter"


class SpeechLevel(StrEnum):
    """How Korean narration ends its sentences: 한다체 (news), 합니다체 (formal), 해요체 (polite)."""

    PLAIN = "plain"
    FORMAL = "formal"
    POLITE = "polite"


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What a newsroom chose where usage is divided; the checks go by it.

    `korean_level` None: what most of an article uses. `russian_nbsp`: a no-break space is wanted before a dash.
    """

    korean_level: SpeechLevel | None = None
    russian_nbsp: bool = False


NO_STYLE: Final = HouseStyle()


@dataclass(frozen=True, slots=True, order=True)
class Fingerprint:
    """Which package wrote a text: `pair` is `fr-en`, `sha256` is of the package file, 64 lower-case hex digits."""

    pair: str
    version: str
    kind: PackageKind
    sha256: str


# --- the source, as it was read -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup of a text, beside it: `tag` (by HTML's name) holds the characters from `start` up to `end`.

    Where both are equal it is a thing that stands between characters: a picture, a footnote, a line break, a comment. `number`
    tells which mark of its block in the file it is, `parent` the one that holds it (-1: none). A word `translate="no"` or a
    piece of code is `verbatim`: it stays as it is in every language.
    """

    start: int
    end: int
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    number: int = 0
    parent: int = -1

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError("a mark begins at or after the start of its text and does not end before it begins")

    @property
    def is_point(self) -> bool:
        """Whether it holds no characters."""
        return self.start == self.end

    @property
    def is_verbatim(self) -> bool:
        """Whether what it holds is not translated."""
        return ("translate", "no") in self.attributes


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of translation. `separator` is what stands between it and the next sentence of its paragraph, or "".

    `marks` is its inline markup, where the text came from a file that has some.
    """

    text: str
    separator: str = ""
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a sentence holds at least one visible character")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the source: at least one sentence. `separator` is what stands between it and the next paragraph.

    `language` is an ISO 639-1 code if the paragraph is in another language than the article, else None.
    """

    kind: ParagraphKind
    sentences: tuple[Sentence, ...]
    separator: str = ""
    language: str | None = None

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("a paragraph holds at least one sentence")

    @property
    def text(self) -> str:
        """The sentences with the separators between them, as the source had them."""
        return "".join(s.text + s.separator for s in self.sentences)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file an article was read from, kept so that it can come back in the target language.

    `format` is one of `text.readers.formats`. `blocks[n]` is the block of the file that paragraph n came from. `left_out`
    counts blocks that were taken for navigation and are not in the article; `whole`: somebody wanted them.
    """

    name: str
    format: str
    data: bytes = field(repr=False)
    blocks: tuple[int, ...]
    left_out: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class SourceText:
    """An article as read, before it is stored. `text` gives back the normalised source exactly.

    `leading` is the white space before the first paragraph. `encoding` is what the bytes were decoded with ("utf-8" for
    pasted text). `language` and `probability` say what the article as a whole was detected to be (None: too short). `file` is
    the file it was read from, if it was one.
    """

    title: str
    paragraphs: tuple[Paragraph, ...]
    leading: str = ""
    encoding: str = "utf-8"
    language: str | None = "fr"
    probability: float = 1.0
    file: SourceFile | None = None

    @property
    def text(self) -> str:
        """The normalised source: everything that was read, separators included."""
        return self.leading + "".join(p.text + p.separator for p in self.paragraphs)

    @property
    def sentence_count(self) -> int:
        return sum(len(p.sentences) for p in self.paragraphs)


# --- the article with its versions ---------------------------------------------------------------------------------


WordLink = tuple[int, int, int, int, float]
"""A word of the source and a word of the translation that says it: start and end of each, and how probable it is, 0..1."""


@dataclass(frozen=True, slots=True)
class Translation:
    """The current text of one sentence in one version.

    `text` is "" while `state` is untranslated. `pivot` is the English between two hops, None on a direct route.
    `confidence` is 0..1, None where no machine wrote. `revision` grows by one with every change of this translation.
    `stale`: it was made of an earlier French; `pivot_changed`: of an earlier English. `has_proposal`: a new draft stands
    beside it. `pending`: the machine is asked for a (new) draft. `errors` and `warnings` count its open findings. `links` is
    None where nobody asked for the word links.
    """

    text: str
    state: State
    origin: Origin | None = None
    pivot: str | None = None
    confidence: float | None = None
    revision: int = 0
    stale: bool = False
    pivot_changed: bool = False
    has_proposal: bool = False
    pending: bool = False
    errors: int = 0
    warnings: int = 0
    links: tuple[WordLink, ...] | None = None


UNTRANSLATED = Translation("", State.UNTRANSLATED)


@dataclass(frozen=True, slots=True)
class DocumentSentence:
    """A sentence with its translations by target; `index` counts within the paragraph, `id` is 0 when not stored.

    `comments` counts those not resolved. `previous_text` is the French before the source was last updated, if it changed.
    """

    index: int
    text: str
    separator: str
    translations: Mapping[str, Translation]
    id: int = 0
    comments: int = 0
    previous_text: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentParagraph:
    """A paragraph with its sentences; `index` counts within the article."""

    index: int
    kind: ParagraphKind
    sentences: tuple[DocumentSentence, ...]
    separator: str = ""
    language: str | None = None

    @property
    def text(self) -> str:
        """The source of the paragraph, exactly."""
        return "".join(s.text + s.separator for s in self.sentences)

    def version_text(self, target: str) -> str:
        """Joins the translations of one target; sentences not yet translated are left out.

        A separator that holds a line break stays one, any other becomes one space: none of the targets writes
        sentences without a space between them, and French no-break spaces do not belong in them.
        """
        parts: list[str] = []
        for sentence in self.sentences:
            text = sentence.translations.get(target, UNTRANSLATED).text
            if text:
                parts += [text, "\n" if "\n" in sentence.separator else " "]
        return "".join(parts[:-1])


@dataclass(frozen=True, slots=True)
class VersionProgress:
    """How far one version is: counts of sentences and French words, in all and by state."""

    target: str
    sentences: int
    words: int
    sentences_by_state: Mapping[State, int]
    words_by_state: Mapping[State, int]

    @property
    def drafted(self) -> int:
        """Sentences that have a text, in whatever state."""
        return self.sentences - self.sentences_by_state.get(State.UNTRANSLATED, 0)

    @property
    def approved(self) -> int:
        return self.sentences_by_state.get(State.APPROVED, 0)


@dataclass(frozen=True, slots=True)
class JobView:
    """The drafting of an article: `done` of `total` are sentence × target pairs; `seconds_left` is an estimate.

    `position` is how many articles the worker takes before this one while it waits. `error` is the slug and `detail`
    the words of what went wrong, None unless `status` is failed; `error_data` fills the places of the error's message, so
    that a page can say it in the reader's language.
    """

    status: JobStatus
    done: int
    total: int
    seconds_left: float | None = None
    position: int = 0
    error: str | None = None
    detail: str | None = None
    error_data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InstallView:
    """The last request to install the official packages: `pair` (`fr-en`) is the one under way, "" before the first.

    `error`, `detail` and `error_data` are as in `JobView`.
    """

    status: JobStatus
    pair: str = ""
    bytes_done: int = 0
    bytes_total: int = 0
    error: str | None = None
    detail: str | None = None
    error_data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its versions: the one shape that pages, the command line, the API and exports are made from.

    `paragraphs` may be a window of the article; `paragraph_count` is the size of the whole. `revision` grows with every
    change of anything in the article. `id` is "" when it is not stored.
    """

    id: str
    title: str
    source: str
    targets: tuple[str, ...]
    job: JobView
    packages: tuple[Fingerprint, ...]
    paragraphs: tuple[DocumentParagraph, ...]
    progress: Mapping[str, VersionProgress] = field(default_factory=dict)
    packages_by_target: Mapping[str, tuple[Fingerprint, ...]] = field(default_factory=dict)
    paragraph_count: int = 0
    sentence_count: int = 0
    word_count: int = 0
    revision: int = 0
    created_at: datetime | None = None
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """One line of the list of articles."""

    id: str
    title: str
    targets: tuple[str, ...]
    job: JobView
    progress: Mapping[str, VersionProgress]
    word_count: int
    sentence_count: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A page of the list, newest first; `total` counts every article that matches."""

    items: tuple[ArticleSummary, ...]
    total: int


def count_words(text: str) -> int:
    """Counts words as editors do: runs of characters between white space that hold a letter or a digit."""
    return sum(any(c.isalnum() for c in word) for word in text.split())
