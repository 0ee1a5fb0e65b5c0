"""Files that a program sends to be taken: how large they may be, and that they are closed afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, TypeVar, cast

from webapp.api.term_schemas import FileIn
from webapp.errors import RequestInvalid

View = TypeVar("View", bound=Callable[..., Any])


def up_to(setting: str) -> Callable[[View], View]:
    """Marks a view whose body may be as large as a setting says, not as an article."""

    def mark(view: View) -> View:
        view.quatrain_largest = setting  # type: ignore[attr-defined]
        return view

    return mark


@contextmanager
def file_of(body: FileIn) -> Iterator[tuple[BinaryIO, str]]:
    """Gives the file, closed afterwards, and its name without folders. Raises RequestInvalid where it has no name."""
    sent = body.file
    if not sent.filename or "\0" in sent.filename:
        raise RequestInvalid(detail="file: a file with a name is needed.")
    with sent.stream:
        yield cast(BinaryIO, sent.stream), sent.filename.replace("\\", "/").rpartition("/")[2][:200]
