"""Runs the checks on translations and keeps what they find; storage never sees a check."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from webapp.checks.base import CheckInput, Finding, VersionInput
from webapp.checks.registry import run_checks, run_version_checks, sentence_checks, version_checks
from webapp.domain import HouseStyle, ParagraphKind
from webapp.services.markup import Places, places_of
from webapp.services.terms import NO_TERMS, Glossary, allowed_words, glossary_of
from webapp.services.usual import NOTHING_LEARNED, Usual, usual_of
from webapp.storage import findings, held, writing
from webapp.storage.findings import NewFinding, OpenCount, Scope, Spot
from webapp.storage.held import Held
from webapp.storage.store import Store, Transaction

_log = logging.getLogger(__name__)


def load_checks() -> None:
    """Loads the checks now, which takes some tenths of a second, so that nobody waits for them at the first save."""
    sentence_checks()
    version_checks()


def check_text(
    source: str,
    text: str,
    target: str,
    *,
    kind: ParagraphKind,
    confidence: float | None = None,
    pivot: str | None = None,
    glossary: Glossary = NO_TERMS,
    marks: Places = (),
    usual: Usual = NOTHING_LEARNED,
    floor: float | None = None,
) -> tuple[NewFinding, ...]:
    """Checks one translation of a French sentence; an empty one is left alone: it says by itself that it is missing.

    `confidence` is the machine's for a text that is still its own, `floor` the one that few drafts of its packages stay under,
    where that was learned; `glossary` that of its article; `marks` where the markup of its file stands in the text; `usual`
    what the newsroom chose and what was learned of other sentences.
    """
    if not text:
        return ()
    given = CheckInput(
        source=source,
        target=text,
        language=target,
        kind=kind,
        confidence=confidence,
        confidence_floor=floor,
        pivot=pivot,
        length_band=usual.bands.get(target),
        style=usual.style,
        marks=marks,
    )
    try:
        return tuple(_new(finding) for finding in run_checks(_with_terms(given, glossary)))
    except Exception:  # noqa: BLE001 — a check with a fault must not keep anybody from saving
        _log.exception("a check broke on a sentence in %s; it was saved unchecked", target)
        return ()


def _with_terms(given: CheckInput, glossary: Glossary) -> CheckInput:
    """Adds what the glossary asks of this sentence."""
    terms = glossary.terms(given.source, given.language)
    return replace(given, terms=terms, allowed_words=allowed_words(terms)) if terms else given


def _new(finding: Finding) -> NewFinding:
    return NewFinding(
        finding.key,
        finding.check,
        finding.severity.value,
        finding.message,
        finding.data,
        finding.spans,
        finding.source_spans,
        finding.fix,
    )


def check_held(
    translation: Held, glossary: Glossary = NO_TERMS, marks: Places = (), usual: Usual = NOTHING_LEARNED
) -> tuple[NewFinding, ...]:
    """Checks a translation as it is held, against the glossary of its article; see `check_text`.

    Text of paragraphs in another language is not checked: the checks read French.
    """
    if translation.language is not None:
        return ()
    confidence = translation.confidence if translation.is_the_machines else None
    return check_text(
        translation.source,
        translation.text,
        translation.target,
        kind=translation.kind,
        confidence=confidence,
        pivot=translation.pivot,
        glossary=glossary,
        marks=marks,
        usual=usual,
        floor=None if translation.route is None else usual.floors.get(translation.route),
    )


def check_again(tx: Transaction, translations: Iterable[Held]) -> dict[Spot, OpenCount]:
    """Checks translations one by one and keeps what is found; returns how much of it is open."""
    checked = list(translations)
    glossaries = {article: glossary_of(tx, article) for article in {t.article for t in checked}}
    places, usual = places_of(tx, checked), usual_of(tx)
    found = {
        spot: check_held(t, glossaries[t.article], places.get(spot, ()), usual)
        for t in checked
        for spot in [(t.sentence, t.target)]
    }
    return findings.replace(tx, found, Scope.SENTENCE)


def counted(translation: Held, counts: dict[Spot, OpenCount]) -> Held:
    """Gives the translation with the number of its open findings, where `counts` knows it."""
    count = counts.get((translation.sentence, translation.target))
    return translation if count is None else replace(translation, errors=count.errors, warnings=count.warnings)


# --- what only the whole version shows ------------------------------------------------------------------------------


def check_version(tx: Transaction, article_id: str, target: str) -> None:
    """Runs the checks that need a whole version, and keeps what they find. Raises ArticleNotFound."""
    _check_version(tx, held.lock(tx, article_id), target)


def something_unchecked(tx: Transaction) -> bool:
    """Tells whether a version waits to be checked as a whole."""
    return bool(held.unchecked_versions(tx, 1))


def check_round(store: Store, *, limit: int = 4) -> bool:
    """Checks some versions whose texts changed since they were checked as a whole; returns whether there may be more.

    An article that is still being drafted waits until it is done.
    """
    with store.read() as tx:
        waiting = held.unchecked_versions(tx, limit)
    for article, target in waiting:
        with store.begin() as tx:
            if held.lock_key(tx, article):
                _check_version(tx, article, target)
    return len(waiting) == limit


def _check_version(tx: Transaction, article: int, target: str) -> None:
    translations = held.held(tx, article, targets=[target])
    french = [t for t in translations if t.language is None]
    try:
        found = run_version_checks(_version(french, target, glossary_of(tx, article), tx.style))
    except Exception:  # noqa: BLE001 — as above; the version counts as checked, or the worker would break on it for ever
        _log.exception("a check broke on the version %s of article %d", target, article)
        found = {}
    new = {(french[n].sentence, target): [_new(finding) for finding in those] for n, those in found.items()}
    counts = findings.replace(tx, new, Scope.VERSION)
    gone = findings.forget_version(tx, article, target, (sentence for sentence, _ in new))
    counts |= findings.count_open(tx, gone)
    changes = [(t, counted(t, counts)) for t in translations]
    writing.mark(tx, [change for change in changes if change[0] != change[1]])
    held.set_checked(tx, article, target)


def _version(translations: Sequence[Held], target: str, glossary: Glossary, style: HouseStyle) -> VersionInput:
    given = (CheckInput(source=t.source, target=t.text, language=target, kind=t.kind, pivot=t.pivot) for t in translations)
    sentences = tuple(_with_terms(one, glossary) for one in given)
    paragraphs = [n for n, (_, group) in enumerate(groupby(translations, key=lambda t: t.paragraph)) for _ in group]
    return VersionInput(language=target, sentences=sentences, paragraphs=tuple(paragraphs), style=style)
