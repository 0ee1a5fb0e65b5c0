"""The memory made anew from what is approved: for articles that were approved before there was one."""

from collections.abc import Callable

from webapp.domain import State
from webapp.services.memory import remember_approved
from webapp.storage import articles, held
from webapp.storage.store import Store


def remember_everything(store: Store, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Remembers every approved translation, article by article; returns how many there are.

    `progress` is told (articles done, articles in all). What files brought stays as it is.
    """
    with store.read() as tx:
        keys = articles.all_keys(tx)
    count = 0
    for done, article in enumerate(keys, 1):
        with store.begin() as tx:
            if held.lock_key(tx, article):
                approved = [h for h in held.held(tx, article) if h.state is State.APPROVED and not h.stale]
                count += remember_approved(tx, approved)
        if progress is not None:
            progress(done, len(keys))
    return count
