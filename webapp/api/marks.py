"""Marks on views: what is noted beside an operation where it is defined and read when a request for it comes."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def mark(name: str, value: object) -> Callable[[View], View]:
    """Notes `value` on a view as its attribute `name`."""

    def note(view: View) -> View:
        setattr(view, name, value)
        return view

    return note
