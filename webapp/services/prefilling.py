"""What the memory knows exactly need not be drafted: it fills the translation, which a person then approves like any other."""

from collections.abc import Sequence
from dataclasses import replace

from webapp.domain import Origin, State
from webapp.languages import PIVOT, TARGETS
from webapp.services.changing import apply, english_of_held
from webapp.services.memory import Asked, in_context
from webapp.storage import drafts, held, jobs, memory, surroundings
from webapp.storage.drafts import Pending
from webapp.storage.held import Held
from webapp.storage.memory import Entry
from webapp.storage.store import Transaction
from webapp.storage.writing import Act
from webapp.text.resemblance import plain_form

WHO = "memory"


def fill(tx: Transaction, worker: str, work: Sequence[Pending]) -> list[Pending]:
    """Fills what approved translations of the very same sentences give, and returns what is left to draft, in the same order.

    Only text that nobody touched is filled, in articles whose leases the worker holds; it is translated, never approved.
    Where English was filled, the other targets are drafted from it.
    """
    wanted = {pending.article for pending in work}
    mine = jobs.held(tx, drafts.lock_articles(tx, wanted), worker)
    filled = {article for article in sorted(mine) if _fill_article(tx, article, [p for p in work if p.article == article])}
    if not filled:
        return list(work)
    fresh = {article: _left(tx, article, [p.sentence for p in work if p.article == article]) for article in filled}
    left: list[Pending] = []
    for pending in work:
        left += fresh[pending.article].pop(pending.sentence, []) if pending.article in filled else [pending]
    return left


def _left(tx: Transaction, article: int, sentences: Sequence[int]) -> dict[int, list[Pending]]:
    """Lists anew what some sentences still wait for; one may come twice because of its English."""
    known: dict[int, list[Pending]] = {sentence: [] for sentence in sentences}
    for pending in drafts.pending_of(tx, article, TARGETS, 2 * len(sentences)):
        if pending.sentence in known:
            known[pending.sentence].append(pending)
    return known


def _fill_article(tx: Transaction, article: int, work: Sequence[Pending]) -> bool:
    sentences = sorted({pending.sentence for pending in work if pending.language is None})
    forms = {plain_form(pending.text) for pending in work if pending.language is None}
    known = memory.exact(tx, forms, TARGETS) if forms else {}
    if not known:
        return False
    translations = held.held(tx, article, only=sentences)
    around = surroundings.neighbours(tx, article, {h.sentence: h.paragraph for h in translations})
    english = {h.sentence: h for h in translations if h.target == PIVOT}
    texts = {(h.sentence, h.target): text for h in translations if (text := _text_for(h, around[h.sentence], known))}
    changes = [
        (h, _filled(h, texts[h.sentence, h.target], _english(h, english.get(h.sentence), texts)))
        for h in translations
        if (h.sentence, h.target) in texts
    ]
    return apply(tx, Act("memory", WHO, drafts.WORKER), changes).step is not None


def _text_for(translation: Held, around: tuple[str, str], known: dict[tuple[str, str], list[Entry]]) -> str | None:
    """What to fill a translation with: the newest approved text, one from between the same neighbours before any other."""
    free = translation.pending and translation.is_the_machines and translation.corrected_pivot is None
    found = known.get((plain_form(translation.source), translation.target), []) if free else []
    approved = [entry for entry in found if entry.approved]
    asked = Asked(translation.source, *around)
    best = next((entry for entry in approved if in_context(entry, asked)), approved[0] if approved else None)
    return None if best is None else best.text


def _english(translation: Held, english: Held | None, texts: dict[tuple[int, str], str]) -> str | None:
    """The English that stands beside a translation once all are filled, if it does not come from the machine."""
    if translation.target == PIVOT:
        return None
    filled = texts.get((translation.sentence, PIVOT))
    return filled if filled is not None or english is None else english_of_held(english)


def _filled(before: Held, text: str, english: str | None) -> Held:
    return replace(
        before,
        text=text,
        state=State.TRANSLATED,
        origin=Origin.MEMORY,
        pivot=english,
        confidence=None,
        route=None,
        pending=False,
        stale=False,
        pivot_changed=False,
        proposal=None,
        proposal_reason=None,
    )
