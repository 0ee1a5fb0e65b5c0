"""Errors: one class a cause, a stable slug, words that can be translated."""

import re
import string

import pytest

from webapp import errors
from webapp.errors import ArticleTooLarge, QuatrainError


def tree(root: type[QuatrainError] = QuatrainError) -> list[type[QuatrainError]]:
    return [root] + [leaf for child in root.__subclasses__() for leaf in tree(child)]


def test_slugs_are_unique_among_the_causes_and_easy_to_type() -> None:
    slugs = [cls.slug for cls in tree() if not cls.__subclasses__()]
    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)


def test_every_class_is_drawn_in_the_tree_of_the_docstring() -> None:
    drawn = set(re.findall(r"[│├└─\s]\s*([A-Z]\w+)", errors.__doc__ or ""))
    assert {cls.__name__ for cls in tree()} <= drawn


@pytest.mark.parametrize("cls", tree(), ids=lambda cls: cls.__name__)
def test_every_error_is_complete(cls: type[QuatrainError]) -> None:
    assert 400 <= cls.status < 600
    assert cls.exit_code in {1, 2, 3}
    assert cls.title and cls.title[-1] not in string.punctuation.replace("?", "")
    places = set(re.findall(r"%\((\w+)\)s", cls.message))
    assert str(cls(**dict.fromkeys(places, "x"))) == re.sub(r"%\(\w+\)s", "x", cls.message).replace("%%", "%")


def test_the_data_stays_on_the_exception() -> None:
    error = ArticleTooLarge(size_bytes=11, limit_bytes=10)
    assert error.data == {"size_bytes": 11, "limit_bytes": 10}
    assert "up to 10 bytes" in str(error)
