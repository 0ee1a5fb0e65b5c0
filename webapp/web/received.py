"""Files of terms and translations that somebody brings through a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from flask import request

from webapp.errors import RequestInvalid


@contextmanager
def brought() -> Iterator[tuple[BinaryIO, str]]:
    """Gives the form's file, closed afterwards, and its name without folders. Raises RequestInvalid where none was chosen."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise RequestInvalid(detail="No file was chosen.")
    name = sent.filename.replace("\\", "/").rpartition("/")[2][:200]
    with sent.stream:
        yield cast(BinaryIO, sent.stream), name
