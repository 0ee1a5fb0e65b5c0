"""The drawer: the sentences that updates of the source removed, with everything they had, and the way back."""

from collections.abc import Sequence
from dataclasses import replace

from webapp.reviewing import Place, RemovedSentence
from webapp.services.revising import ask_missing
from webapp.storage import articles, drawer, held, relaying, revisions, snapshots
from webapp.storage.drawer import Removal
from webapp.storage.held import Held
from webapp.storage.revisions import Layout, NewParagraph, NewSentence, OldParagraph, OldSentence, StoredSource
from webapp.storage.snapshots import Taken
from webapp.storage.store import Transaction


def list_removed(tx: Transaction, article_id: str) -> tuple[RemovedSentence, ...]:
    """Lists the sentences in the drawer, the last removed first, with their translations. Raises ArticleNotFound."""
    article = articles.key_of(tx, article_id)
    found = drawer.removed(tx, article)
    numbers = [removal.sentence.id for removal in found]
    versions: dict[int, dict[str, Held]] = {}
    for translation in held.held(tx, article, only=numbers, without_drawer=False) if numbers else ():
        versions.setdefault(translation.sentence, {})[translation.target] = translation
    return tuple(
        RemovedSentence(
            r.sentence.id,
            r.sentence.text,
            r.at,
            r.who,
            {target: h.translation for target, h in versions.get(r.sentence.id, {}).items()},
        )
        for r in found
    )


def restore_removed(tx: Transaction, article_id: str, sentence_id: int, *, who: str = "local") -> Place:
    """Puts a sentence from the drawer back where it stood, as far as that place still exists; the source grows by it.

    It stands after the sentence that was before it, in its paragraph; a paragraph that is gone comes back. What it had is kept,
    what it lacks is drafted. The caller wakes the workers. Raises ArticleNotFound, or SentenceNotFound when it is not there.
    """
    article = held.lock(tx, article_id)
    taken, place = restore_unnoted(tx, article_id, article, sentence_id, who=who)
    snapshots.keep(tx, article, relaying.add_step(tx, article, who=who, size=1), taken)
    return place


def restore_unnoted(tx: Transaction, article_id: str, article: int, sentence_id: int, *, who: str) -> tuple[Taken, Place]:
    """The same as a part of another step: returns what was there before, which undoing that step needs, and the place."""
    old = revisions.stored_source(tx, article)
    removal = drawer.removal(tx, article_id, article, sentence_id)
    paragraphs, place = _with_removed(_as_it_is(old), old, removal)
    layout = Layout(old.title, old.leading, tuple(paragraphs))
    taken = snapshots.take(tx, article, old, layout, replaces_file=False)
    ids = relaying.write(tx, article, old, layout, who=who)
    ask_missing(tx, article, [sentence_id])
    back = held.held(tx, article, only=[sentence_id])[0]
    if paragraphs[place].id is None:
        drawer.paragraph_came_back(tx, removal.paragraph_id, back.paragraph_id)
    return taken, Place(sentence_id, back.target, place, ids[place].index(sentence_id))


def _as_it_is(old: StoredSource) -> list[NewParagraph]:
    inside: dict[int, list[NewSentence]] = {}
    for s in old.sentences:
        inside.setdefault(s.paragraph_id, []).append(NewSentence(s.text, s.separator, s.id, s.previous_text))
    return [NewParagraph(p.kind, p.separator, p.language, tuple(inside[p.id]), p.id) for p in old.paragraphs]


def _with_removed(paragraphs: list[NewParagraph], old: StoredSource, removal: Removal) -> tuple[list[NewParagraph], int]:
    """Puts the sentence among the paragraphs; returns them with the place of its paragraph."""
    s = removal.sentence
    back = NewSentence(s.text, s.separator, s.id, s.previous_text)
    place = next((n for n, p in enumerate(paragraphs) if p.id == removal.paragraph_id), None)
    if place is not None:
        ids = [sentence.id for sentence in paragraphs[place].sentences]
        at = ids.index(removal.after) + 1 if removal.after in ids else 0
        paragraphs[place] = replace(paragraphs[place], sentences=_inserted(paragraphs[place].sentences, at, back))
        return paragraphs, place
    place = _place_of(old.paragraphs, old.sentences, removal)
    alone = NewParagraph(removal.kind, removal.paragraph_separator, removal.language, (replace(back, separator=""),))
    return _parted([*paragraphs[:place], alone, *paragraphs[place:]], place), place


def _place_of(paragraphs: Sequence[OldParagraph], sentences: Sequence[OldSentence], removal: Removal) -> int:
    """The place for a paragraph that comes back: after the sentence that was before it, else where it was."""
    after = next((s.paragraph_id for s in sentences if s.id == removal.after), None)
    if after is not None:
        return next(p.position for p in paragraphs if p.id == after) + 1
    return 0 if removal.after is None else min(removal.paragraph, len(paragraphs))


def _inserted(sentences: tuple[NewSentence, ...], at: int, back: NewSentence) -> tuple[NewSentence, ...]:
    """Puts a sentence in, with something between it and its neighbours."""
    listed = [*sentences[:at], back, *sentences[at:]]
    if at and not listed[at - 1].separator:
        listed[at - 1] = replace(listed[at - 1], separator=" ")
    is_last = at == len(listed) - 1
    listed[at] = replace(back, separator="" if is_last else back.separator or " ")
    return tuple(listed)


def _parted(paragraphs: list[NewParagraph], at: int) -> list[NewParagraph]:
    """Parts a paragraph that was put in from its neighbours by a line break at least; what ends the article stays its end."""
    parted = list(paragraphs)
    if at and at == len(parted) - 1:
        end = parted[at - 1].separator
        between = parted[at].separator
        parted[at - 1] = replace(parted[at - 1], separator=between if between.count("\n") > 1 else "\n\n")
        parted[at] = replace(parted[at], separator=end)
    elif "\n" not in parted[at].separator:
        parted[at] = replace(parted[at], separator="\n\n")
    return parted
