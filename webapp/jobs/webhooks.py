"""The thread of a worker that delivers webhooks: nobody's slow server holds up a translation."""

import logging
import threading
from typing import Final

from webapp.errors import QuatrainError
from webapp.services import webhooks
from webapp.storage.store import Store

_log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0


def delivering(store: Store, stop: threading.Event, *, allow_private: bool) -> threading.Thread:
    """Makes the thread; it ends when the worker stops. What it was sending then is sent again by another worker."""

    def run() -> None:
        while not stop.wait(LOOK_SECONDS):
            try:
                with store.read() as tx:
                    is_due = webhooks.something_is_due(tx)
                while is_due and not stop.is_set():
                    is_due = webhooks.deliver_round(store, allow_private=allow_private)
            except QuatrainError as error:
                _log.warning("webhooks have to wait: %s", error)

    return threading.Thread(target=run, name="webhooks", daemon=True)
