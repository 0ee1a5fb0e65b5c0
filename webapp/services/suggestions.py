"""Better translations that clients send: kept, remembered unapproved, and said beside the sentences they concern."""

from typing import Final

from webapp.errors import CommentNotFound, SentenceNotFound
from webapp.languages import SOURCE, TARGETS
from webapp.services.comments import add_comment
from webapp.storage import memory, suggestions
from webapp.storage.memory import NewEntry, Provenance
from webapp.storage.store import Transaction
from webapp.text.normalise import normalise

NAME: Final = "/suggest"
MOST_PLACES: Final = 50


def suggest(tx: Transaction, text: str, better: str, *, source: str, target: str, who: str = "local") -> int:
    """Keeps a better translation of a text; no text of an article changes. Returns beside how many sentences it was said.

    What is French is remembered too, unapproved, so that reviewers see it with every sentence like this one.
    """
    text, better = normalise(text).strip(), normalise(better).strip()
    if not text or not better or not suggestions.add(tx, source=source, target=target, text=text, suggestion=better, who=who):
        return 0
    if source != SOURCE or target not in TARGETS:
        return 0
    entry = NewEntry(text, target, better, Provenance.FILE, NAME, who, approved=False)
    memory.add(tx, [entry])
    return sum(_say(tx, place, better, target, who) for place in suggestions.places(tx, text, target, MOST_PLACES))


def _say(tx: Transaction, place: tuple[str, int, str], better: str, target: str, who: str) -> bool:
    article, sentence, current = place
    if current == better or suggestions.is_said(tx, sentence, target, better):
        return False
    try:
        add_comment(tx, article, sentence, better, target=target, who=who)
    except (CommentNotFound, SentenceNotFound):  # it went meanwhile
        return False
    return True
