"""Files for `/translate_file`: given to a worker, which translates them whole; kept for an hour to be fetched."""

import uuid
from collections.abc import Callable
from pathlib import PurePath

from werkzeug.utils import secure_filename

from webapp.api.blueprint import context
from webapp.services.downloads import forget_download, get_download, keep_download
from webapp.services.requests import Answer, Question
from webapp.storage.downloads import Download
from webapp.text.readers.formats import EXTENSIONS, extension_of

_LONGEST_NAME = 80

Ask = Callable[[Question], Answer]


def extensions() -> list[str]:
    """The endings of the files that can be translated, with their dots."""
    return sorted(EXTENSIONS)


def is_readable(filename: str) -> bool:
    """Whether a file of this name can be translated."""
    return extension_of(filename) in EXTENSIONS


def translate(data: bytes, filename: str, source: str, target: str, ask: Ask) -> str:
    """Translates a file and keeps the result for an hour; gives the name under which it can be fetched.

    `source` "" lets the text tell. Raises what reading the file raises, and what `ask` raises.
    """
    with context().store.begin() as tx:
        sent = keep_download(tx, filename, "application/octet-stream", data)
    try:
        (made,) = ask(Question((), source, target, file=sent.id)).texts
    finally:
        with context().store.begin() as tx:
            forget_download(tx, sent.id)
    return f"{made}.{_name(filename, target)}"


def _name(filename: str, target: str) -> str:
    stem = secure_filename(PurePath(filename).stem)[:_LONGEST_NAME] or "file"
    return f"{stem}_{target}{extension_of(filename)}"


def fetch(name: str) -> tuple[Download, str] | None:
    """Finds what was kept under a name that `translate` gave, and what to call it; None for anything else."""
    number, _, rest = name.partition(".")
    try:
        found_id = str(uuid.UUID(number))
    except ValueError:
        return None
    with context().store.read() as tx:
        found = get_download(tx, found_id)
    return None if found is None or not rest else (found, secure_filename(rest) or "file")
