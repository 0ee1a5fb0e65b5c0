"""What a check is: it looks at a source with its translation and reports findings.

A check is a class with one instance, found by `registry`. To add one, add a file beside this one.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from webapp.domain import NO_STYLE, HouseStyle, ParagraphKind
from webapp.languages import TARGETS

Span = tuple[int, int]  # start and end in code points, the end not included


class Severity(StrEnum):
    """How much a finding weighs: an error blocks approval unless dismissed with a reason, a warning does not."""

    ERROR = "E"
    WARNING = "W"


class TermPolicy(StrEnum):
    """What the glossary asks for a term."""

    TRANSLATE = "translate"
    KEEP = "keep"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary for one target.

    `source` is the French term. `target` and `variants` are the forms it may take; `forbidden` those it must not. With
    the policy `keep` the French form itself is required, with `never` the `target` and its variants are forbidden.
    `places` are where the French has it, as far as somebody looked already; empty: it is still to be looked for.
    """

    source: str
    target: str = ""
    variants: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    policy: TermPolicy = TermPolicy.TRANSLATE
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The sentence before or after, with its translation ("" when there is none yet)."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class MarkPlace:
    """Inline markup of the French and where it was put in the translation; `source` is empty for a point (a note, a picture).

    `sure`: the word links leave no doubt. `verbatim`: what it holds is not to be translated.
    """

    tag: str
    source: Span
    target: Span
    sure: bool
    verbatim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInput:
    """One sentence with its translation, and what is known around it.

    `language` is the target's code. `confidence` is the draft's, 0..1, None for human text; `confidence_floor` is the one that
    few drafts of the same packages stay under, None takes the built-in one. `length_band` is (low, high) for
    target/source in code points, learned from approved sentences; None takes the built-in one. `allowed_words` are words that
    may stay as the French has them (names, brands). `style` is what the newsroom chose. `marks` are those of the file that the
    article came from.
    """

    source: str
    target: str
    language: str
    kind: ParagraphKind = ParagraphKind.BODY
    confidence: float | None = None
    confidence_floor: float | None = None
    pivot: str | None = None
    previous: Neighbour | None = None
    following: Neighbour | None = None
    terms: tuple[Term, ...] = ()
    allowed_words: frozenset[str] = frozenset()
    length_band: tuple[float, float] | None = None
    style: HouseStyle = NO_STYLE
    marks: tuple[MarkPlace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInput:
    """A whole version in source order: `sentences` that have a translation or not, `paragraphs[i]` the paragraph of each."""

    language: str
    sentences: tuple[CheckInput, ...]
    paragraphs: tuple[int, ...] = ()
    style: HouseStyle = NO_STYLE

    def paragraph_of(self, index: int) -> int:
        """The number of the paragraph that a sentence stands in; every sentence its own when none were given."""
        return self.paragraphs[index] if self.paragraphs else index


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check reports about one translation.

    `message` is a message key whose %(name)s places `data` fills. `spans` lie in the translation, `source_spans` in the
    French. `fix` is the whole translation with this repaired, None if only a person can.
    """

    check: str
    severity: Severity
    message: str
    data: Mapping[str, str] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    source_spans: tuple[Span, ...] = ()
    fix: str | None = None

    @property
    def key(self) -> str:
        """What makes it the same finding as another: stable when text around it changes, so that dismissals hold."""
        return "|".join([self.check, self.message, *(f"{name}={value}" for name, value in sorted(self.data.items()))])

    @property
    def text(self) -> str:
        """The message in English with its places filled."""
        return self.message % self.data


@dataclass(frozen=True, slots=True)
class Example:
    """One line of a check's table: `marks` are the pieces of the target that the finding points at, in order."""

    language: str
    source: str
    target: str
    marks: tuple[str, ...] = ()
    context: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> CheckInput:
        """The example as a check gets it."""
        return CheckInput(source=self.source, target=self.target, language=self.language, **self.context)  # type: ignore[arg-type] # fields by name


class _Rule(ABC):
    """What checks of sentences and of versions share: how they present themselves and how they report."""

    slug: ClassVar[str]
    severity: ClassVar[Severity]
    title: ClassVar[str]
    message: ClassVar[str]
    languages: ClassVar[tuple[str, ...]] = TARGETS

    def finding(
        self,
        *,
        spans: Iterable[Span] = (),
        source_spans: Iterable[Span] = (),
        message: str | None = None,
        severity: Severity | None = None,
        fix: str | None = None,
        **data: object,
    ) -> Finding:
        """Makes a finding of this check."""
        return Finding(
            check=self.slug,
            severity=severity or self.severity,
            message=message or self.message,
            data={name: str(value) for name, value in data.items()},
            spans=tuple(spans),
            source_spans=tuple(source_spans),
            fix=fix,
        )


class Check(_Rule):
    """One kind of doubt about one sentence.

    `slug` is stable, for programs. `covers` names the checks whose findings would only repeat this one's. `good` must
    give no finding, `bad` must give one, `ignored` looks bad and is let through on purpose.
    """

    covers: ClassVar[frozenset[str]] = frozenset()
    good: ClassVar[tuple[Example, ...]] = ()
    bad: ClassVar[tuple[Example, ...]] = ()
    ignored: ClassVar[tuple[Example, ...]] = ()

    @abstractmethod
    def find(self, text: CheckInput) -> Iterable[Finding]:
        """Reports what is wrong, in reading order; nothing when all is well. Takes time linear in the texts."""


@dataclass(frozen=True, slots=True)
class VersionExample:
    """A small version: (source, target) a sentence; `found` the numbers of the sentences that get a finding."""

    language: str
    sentences: tuple[tuple[str, str], ...]
    found: tuple[int, ...] = ()
    paragraphs: tuple[int, ...] = ()
    kinds: tuple[ParagraphKind, ...] = ()

    @property
    def version(self) -> VersionInput:
        """The example as a check gets it."""
        kinds = self.kinds or (ParagraphKind.BODY,) * len(self.sentences)
        inputs = tuple(
            CheckInput(source=source, target=target, language=self.language, kind=kind)
            for (source, target), kind in zip(self.sentences, kinds, strict=True)
        )
        return VersionInput(language=self.language, sentences=inputs, paragraphs=self.paragraphs)


class VersionCheck(_Rule):
    """One kind of doubt that only the whole version shows; the attributes are those of `Check`."""

    good: ClassVar[tuple[VersionExample, ...]] = ()
    bad: ClassVar[tuple[VersionExample, ...]] = ()
    ignored: ClassVar[tuple[VersionExample, ...]] = ()

    @abstractmethod
    def find(self, version: VersionInput) -> Iterable[tuple[int, Finding]]:
        """Reports (number of the sentence, finding) in source order. Takes time linear in the version."""
