"""The Huey tasks: messages without content, "there may be something to draft", "… to install", "… to answer"."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huey import Huey


def nothing() -> None:
    """Does nothing: the web process only sends the messages."""


def declare(
    huey: "Huey",
    *,
    draft: Callable[[], object] = nothing,
    install: Callable[[], object] = nothing,
    answer: Callable[[], object] = nothing,
    periodic: bool = False,
) -> tuple[Any, ...]:
    """Declares the tasks on a queue and returns them; the worker says what they do.

    `periodic`: all are also sent once a minute, in case a message was lost.
    """

    def every_minute(_now: datetime) -> bool:
        return True

    tasks = []
    for name, work in (("draft", draft), ("answer", answer), ("install", install)):
        tasks.append(huey.task(name=name)(_without_result(work)))
        if periodic:
            huey.periodic_task(every_minute, name=f"{name}-again")(_without_result(work))
    return tuple(tasks)


def _without_result(work: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        work()

    return run
