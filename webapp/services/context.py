"""What every request and command works with, made once by the wiring."""

from collections.abc import Callable
from dataclasses import dataclass

from webapp.config import Settings
from webapp.engine.packages import PackageStore
from webapp.storage.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """The open parts of one installation: `wake` tells the workers that there is something to do."""

    settings: Settings
    store: Store
    packages: PackageStore
    wake: Callable[[], None]
