"""What is being typed, kept apart from the translation: a closed tab loses nothing, and nobody else sees half a sentence."""

from webapp.errors import SentenceNotFound, TargetUnknown
from webapp.reviewing import Place, UnsavedView
from webapp.storage import articles, held, unsaved
from webapp.storage.store import Transaction
from webapp.text.normalise import normalise


def save_unsaved(
    tx: Transaction, article_id: str, sentence_id: int, target: str, text: str, *, base_revision: int, who: str = "local"
) -> UnsavedView:
    """Keeps what somebody is typing for a translation, until they save or discard it.

    `base_revision` is the translation's when they began. Takes no lock of the article. Raises ArticleNotFound,
    SentenceNotFound or TargetUnknown.
    """
    _find(tx, article_id, sentence_id, target)
    unsaved.keep(tx, sentence_id, target, who, text=normalise(text), base_revision=base_revision)
    return unsaved.of_sentence(tx, sentence_id, who)[target]


def get_unsaved(tx: Transaction, article_id: str, sentence_id: int, target: str, *, who: str = "local") -> UnsavedView | None:
    """Reads what somebody was typing for a translation; None when there is nothing. Raises as `save_unsaved`."""
    _find(tx, article_id, sentence_id, target)
    return unsaved.of_sentence(tx, sentence_id, who).get(target)


def discard_unsaved(tx: Transaction, article_id: str, sentence_id: int, target: str, *, who: str = "local") -> None:
    """Forgets what somebody was typing. Raises as `save_unsaved`."""
    _find(tx, article_id, sentence_id, target)
    unsaved.discard(tx, sentence_id, target, who)


def list_unsaved(tx: Transaction, article_id: str, *, who: str = "local") -> tuple[tuple[Place, UnsavedView], ...]:
    """Lists what somebody was typing in an article, in source order. Raises ArticleNotFound."""
    return unsaved.of_article(tx, articles.key_of(tx, article_id), who)


def _find(tx: Transaction, article_id: str, sentence_id: int, target: str) -> None:
    found = {h.target for h in held.held(tx, articles.key_of(tx, article_id), only=[sentence_id])}
    if not found:
        raise SentenceNotFound(article_id=article_id, sentence_id=sentence_id)
    if target not in found:
        raise TargetUnknown(target=target, known=", ".join(found))
