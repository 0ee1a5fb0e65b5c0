"""The translation memory as people meet it: matches for a sentence, kept in step with what is approved.

Every approved translation is an entry, with the French around it; one whose approval is taken back is none any more.
Nobody's text is changed by it: a match is taken by a person, or fills what the machine would have drafted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from webapp.domain import Origin, State
from webapp.errors import EntryNotFound, TargetUnknown
from webapp.languages import TARGETS
from webapp.reviewing import Diff, SentenceDetail
from webapp.services.diffs import diff_words
from webapp.storage import articles, memory, memory_search, steps, surroundings
from webapp.storage.held import Held
from webapp.storage.memory import Counts, Entry, NewEntry, Provenance
from webapp.storage.store import Transaction
from webapp.storage.writing import Change
from webapp.text.resemblance import EXACT, IN_CONTEXT, plain_form, same_figures

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits a sentence: `percent` is 101 between the same neighbours, 100 for the same text, else 70 to 99.

    `diff` leads from the entry's French to the sentence. `same_figures`: both hold the same numbers.
    """

    entry: Entry
    percent: int
    diff: Diff
    same_figures: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A French sentence with what stands before and after it ("" at the ends, None: not known)."""

    text: str
    previous: str | None = None
    following: str | None = None


# --- kept in step with approvals --------------------------------------------------------------------------------------


def follow(tx: Transaction, changes: Sequence[Change], who: str) -> None:
    """Remembers what these changes of one article approve, and forgets what they take back; its article must be locked."""
    taken_back = [(before.sentence, before.target) for before, after in changes if _counts(before) and not _counts(after)]
    memory.forget_sentences(tx, taken_back)
    approved = [after for before, after in changes if _counts(after) and _says_more(before, after)]
    if approved:
        memory.remember(tx, _entries(tx, approved, who))


def remember_approved(tx: Transaction, translations: Sequence[Held]) -> int:
    """Remembers approved translations of one article under the name of whoever changed each last; returns how many."""
    approved = [one for one in translations if _counts(one)]
    by_person: dict[str, list[Held]] = {}
    for one in approved:
        who, _ = steps.last_change(tx, one.sentence, one.target) or ("", None)
        by_person.setdefault(who, []).append(one)
    for who, those in by_person.items():
        memory.remember(tx, _entries(tx, those, who))
    return len(approved)


def _counts(translation: Held) -> bool:
    """Whether a translation belongs into the memory."""
    return translation.state is State.APPROVED and translation.language is None and bool(translation.text)


def _says_more(before: Held, after: Held) -> bool:
    """Whether an approved translation is to be remembered anew: approved just now, or now for another French."""
    return not _counts(before) or before.text != after.text or (before.stale and not after.stale)


def _entries(tx: Transaction, approved: Sequence[Held], who: str) -> list[NewEntry]:
    article = approved[0].article
    around = surroundings.neighbours(tx, article, {held.sentence: held.paragraph for held in approved})
    public_id, title = surroundings.title_of(tx, article)
    return [
        NewEntry(
            source=one.source,
            target=one.target,
            text=one.text,
            origin=Provenance.ARTICLE,
            name=title,
            who=who,
            previous=around.get(one.sentence, (None, None))[0],
            following=around.get(one.sentence, (None, None))[1],
            article_id=public_id,
            sentence=one.sentence,
        )
        for one in approved
    ]


# --- matches ----------------------------------------------------------------------------------------------------------


def matches_of(tx: Transaction, sentence: SentenceDetail, target: str, *, limit: int = SHOWN) -> tuple[Match, ...]:
    """Finds what the memory holds for an open sentence, the best first; not what it holds of this very one.

    Raises ArticleNotFound or TargetUnknown.
    """
    if sentence.language is not None:
        return ()
    article = articles.key_of(tx, sentence.article_id)
    around = surroundings.neighbours(tx, article, {sentence.sentence_id: sentence.paragraph})[sentence.sentence_id]
    return find_matches(tx, Asked(sentence.text, *around), target, limit=limit, leave_out=sentence.sentence_id)


def find_matches(
    tx: Transaction, asked: Asked, target: str, *, limit: int = SHOWN, leave_out: int | None = None
) -> tuple[Match, ...]:
    """Finds entries that are at least 70 % like a French sentence, the best first, no translation twice.

    Raises TargetUnknown.
    """
    known_target(target)
    form = plain_form(asked.text)
    if not form:
        return ()
    percents = memory_search.alike(tx, form)
    sources = sorted(percents)
    matches = [
        _match(entry, percent, asked, form)
        for entry in memory.entries_of(tx, sources, target)
        if leave_out is None or entry.sentence != leave_out
        for percent in [percents[entry.source_id]]
    ]
    matches.sort(key=lambda match: (-match.percent, not match.entry.approved))
    once: dict[str, Match] = {}
    for match in matches:
        once.setdefault(match.entry.text, match)
    return tuple(_with_diff(match, asked.text) for match in list(once.values())[:limit])


def _match(entry: Entry, percent: int, asked: Asked, form: str) -> Match:
    if percent == EXACT and in_context(entry, asked):
        percent = IN_CONTEXT
    return Match(entry, percent, (), percent >= EXACT or same_figures(plain_form(entry.source), form))


def _with_diff(match: Match, text: str) -> Match:
    """Adds the word diff, of the sentences as they are compared where they are the same in that form."""
    return match if match.percent >= EXACT else replace(match, diff=diff_words(match.entry.source, text))


def in_context(entry: Entry, asked: Asked) -> bool:
    """Whether an entry stood between the same two sentences."""
    if None in (entry.previous, entry.following, asked.previous, asked.following):
        return False
    pairs = ((entry.previous, asked.previous), (entry.following, asked.following))
    return all(plain_form(one or "") == plain_form(other or "") for one, other in pairs)


def origin_of_match(tx: Transaction, number: int | None, target: str, text: str) -> Origin | None:
    """Tells that a text somebody saves is the match they took, unchanged; None when it is not."""
    taken = None if number is None else memory.entry(tx, number)
    is_it = taken is not None and taken.target == target and taken.text == text.strip()
    return Origin.MEMORY if is_it else None


def known_target(target: str) -> str:
    """The target as it is. Raises TargetUnknown."""
    if target not in TARGETS:
        raise TargetUnknown(target=target, known=", ".join(TARGETS))
    return target


# --- the memory as a whole --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of a list, `more` telling whether it goes on."""

    items: tuple[Entry, ...]
    more: bool


def list_entries(tx: Transaction, *, query: str = "", target: str | None = None, limit: int = 50, offset: int = 0) -> EntryPage:
    """Lists entries whose French or translation holds every word of `query` as it is written, the newest first."""
    items, more = memory.containing(tx, query.split()[:8], target, limit=limit, offset=offset)
    return EntryPage(tuple(items), more)


def delete_entry(tx: Transaction, number: int) -> None:
    """Forgets one entry; the article it may come from stays as it is. Raises EntryNotFound."""
    if not memory.forget_entry(tx, number):
        raise EntryNotFound(entry_id=number)


def count_entries(tx: Transaction) -> Counts:
    """Counts what is remembered."""
    return memory.counts(tx)
