"""Comments: remarks about a sentence in general or about one of its translations, open until somebody resolves them."""

from webapp.errors import CommentOfAnother, SentenceNotFound, TargetUnknown
from webapp.reviewing import CommentView
from webapp.services.review import clean_text
from webapp.storage import articles, comments, held, writing
from webapp.storage.store import Transaction


def add_comment(
    tx: Transaction, article_id: str, sentence_id: int, text: str, *, target: str | None = None, who: str = "local"
) -> CommentView:
    """Adds a comment to a sentence, about one of its translations or (None) in general.

    Raises TextMissing, ArticleNotFound, SentenceNotFound or TargetUnknown.
    """
    text = clean_text(text)
    article = held.lock(tx, article_id)
    _bump(tx, article_id, article, sentence_id)
    targets = held.targets_of(tx, article)
    if target is not None and target not in targets:
        raise TargetUnknown(target=target, known=", ".join(targets))
    return comments.one(tx, article, comments.add(tx, sentence_id, target, who, text))


def edit_comment(tx: Transaction, article_id: str, comment_id: int, text: str, *, who: str = "local") -> CommentView:
    """Changes the text of one's own comment. Raises TextMissing, CommentNotFound, CommentOfAnother, ArticleNotFound."""
    text = clean_text(text)
    article = _own(tx, article_id, comment_id, who)
    comments.change(tx, comment_id, {"text": text})
    return comments.one(tx, article, comment_id)


def delete_comment(tx: Transaction, article_id: str, comment_id: int, *, who: str = "local") -> None:
    """Deletes one's own comment. Raises CommentNotFound, CommentOfAnother, ArticleNotFound."""
    _own(tx, article_id, comment_id, who)
    comments.remove(tx, comment_id)


def resolve_comment(tx: Transaction, article_id: str, comment_id: int, *, who: str = "local") -> CommentView:
    """Notes that a comment is dealt with; who resolved it first stays noted. Raises CommentNotFound, ArticleNotFound."""
    article = held.lock(tx, article_id)
    comment = comments.one(tx, article, comment_id)
    _bump(tx, article_id, article, comment.sentence_id)
    if not comment.resolved:
        comments.change(tx, comment_id, {"resolved_by": who, "resolved_at": tx.moment()})
    return comments.one(tx, article, comment_id)


def reopen_comment(tx: Transaction, article_id: str, comment_id: int, *, who: str = "local") -> CommentView:
    """Takes the resolving of a comment back, whoever did it. Raises CommentNotFound, ArticleNotFound."""
    article = held.lock(tx, article_id)
    comment = comments.one(tx, article, comment_id)
    _bump(tx, article_id, article, comment.sentence_id)
    comments.change(tx, comment_id, {"resolved_by": None, "resolved_at": None})
    return comments.one(tx, article, comment_id)


def comments_of(tx: Transaction, article_id: str, sentence_id: int) -> tuple[CommentView, ...]:
    """Lists the comments of a sentence, resolved ones too, the oldest first. Raises ArticleNotFound or SentenceNotFound."""
    if comments.paragraph_of(tx, articles.key_of(tx, article_id), sentence_id) is None:
        raise SentenceNotFound(article_id=article_id, sentence_id=sentence_id)
    return comments.of_sentence(tx, sentence_id)


def _own(tx: Transaction, article_id: str, comment_id: int, who: str) -> int:
    article = held.lock(tx, article_id)
    comment = comments.one(tx, article, comment_id)
    if comment.who != who:
        raise CommentOfAnother(who=comment.who)
    _bump(tx, article_id, article, comment.sentence_id)
    return article


def _bump(tx: Transaction, article_id: str, article: int, sentence_id: int) -> None:
    """Lets readers of the article see that something about the sentence changed."""
    paragraph = comments.paragraph_of(tx, article, sentence_id)
    if paragraph is None:
        raise SentenceNotFound(article_id=article_id, sentence_id=sentence_id)
    writing.bump(tx, article, [paragraph])
