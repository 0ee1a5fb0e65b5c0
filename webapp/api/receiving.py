"""Files that a program sends to be taken: how large they may be, and that they are closed afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from werkzeug.datastructures import FileStorage

from webapp.api.marks import View, mark
from webapp.api.term_schemas import FileIn
from webapp.errors import RequestInvalid


def up_to(setting: str) -> Callable[[View], View]:
    """Marks a view whose body may be as large as a setting says, not as an article."""
    return mark("quatrain_largest", setting)


@contextmanager
def file_of(body: FileIn) -> Iterator[tuple[BinaryIO, str]]:
    """Gives the file, closed afterwards, and its name without folders. Raises RequestInvalid where it has no name."""
    name = name_of(body.file)
    with body.file.stream:
        yield cast(BinaryIO, body.file.stream), name.replace("\\", "/").rpartition("/")[2][:200]


def name_of(sent: FileStorage) -> str:
    """The name a file was sent under. Raises RequestInvalid where it has none that is text."""
    if not sent.filename or "\0" in sent.filename:
        raise RequestInvalid(detail="file: a file with a name is needed.")
    return sent.filename
