"""The glossary changed: the translations whose French holds a changed term are checked again, a bounded piece at a time."""

from typing import Final

from webapp.services.checking import check_again, counted
from webapp.storage import drafts, glossary, held, writing
from webapp.storage.store import Store, Transaction
from webapp.storage.term_sentences import PlainSentence, sentences_after
from webapp.text.terms import Pattern, TermFinder

LOOKED_AT: Final = 1_000
"""Sentences looked at in one round."""
CHECKED: Final = 100
"""Of those, how many may be checked again: some tenths of a second."""


def recheck_round(store: Store) -> bool:
    """Checks some translations again, if terms changed since they were checked; returns whether there may be more to do."""
    with store.read() as tx:
        if not glossary.any_round(tx):
            return False
    with store.begin() as tx:
        todo = glossary.next_round(tx)
        if todo is None:
            return False
        found = sentences_after(tx, todo.after, todo.article, LOOKED_AT)
        finder = TermFinder(Pattern(n, source, match_case) for n, (source, match_case) in enumerate(todo.terms))
        holding = [sentence for sentence in found if finder.find(sentence.text)]
        _check(tx, holding[:CHECKED])
        if len(holding) > CHECKED:
            glossary.set_reached(tx, todo.id, holding[CHECKED - 1].id)
        else:
            glossary.set_reached(tx, todo.id, found[-1].id if len(found) == LOOKED_AT else None)
    return True


def recheck_sentence(tx: Transaction, article_id: str, sentence_id: int) -> None:
    """Checks one sentence again at once: somebody looks at it. Raises ArticleNotFound."""
    _check_translations(tx, held.lock(tx, article_id), [sentence_id])


def _check(tx: Transaction, sentences: list[PlainSentence]) -> None:
    by_article: dict[int, list[int]] = {}
    for sentence in sentences:
        by_article.setdefault(sentence.article, []).append(sentence.id)
    for article in drafts.lock_articles(tx, by_article):
        _check_translations(tx, article, by_article[article])


def _check_translations(tx: Transaction, article: int, sentences: list[int]) -> None:
    translations = [h for h in held.held(tx, article, only=sentences) if h.text]
    counts = check_again(tx, translations)
    changes = [(h, counted(h, counts)) for h in translations]
    writing.mark(tx, [change for change in changes if change[0] != change[1]])
