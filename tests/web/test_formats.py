"""Figures, dates and names as each language writes them."""

from datetime import UTC, datetime

import pytest

from tests.web.conftest import Reader
from webapp.web import formats


@pytest.mark.parametrize(
    ("language", "seconds", "words"),
    [
        ("en", 0.2, "1\u00a0s"),
        ("en", 8.1, "9\u00a0s"),
        ("fr", 119, "119\u00a0s"),
        ("ru", 130, "3\u00a0мин"),
        ("ko", 3600 * 5, "5시간"),
    ],
)
def test_durations_round_up_and_change_unit(reader: Reader, language: str, seconds: float, words: str) -> None:
    with reader.app.test_request_context(headers={"Accept-Language": language}):
        assert formats.duration(seconds) == words


@pytest.mark.parametrize(
    ("language", "size", "words"),
    [
        ("en", 999, "999 bytes"),
        ("fr", 1_500, "1,5\u00a0ko"),
        ("en", 20_400_000, "20\u00a0MB"),
        ("ru", 1_048_576, "1\u00a0МБ"),
        ("ko", 3 * 10**9, "3GB"),
    ],
)
def test_sizes_are_in_the_unit_that_suits_them(reader: Reader, language: str, size: int, words: str) -> None:
    with reader.app.test_request_context(headers={"Accept-Language": language}):
        assert formats.size(size) == words


def test_moments_are_written_out(reader: Reader) -> None:
    when = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    with reader.app.test_request_context(headers={"Accept-Language": "fr"}):
        assert "mars 2026 à" in formats.moment(when)
    with reader.app.test_request_context(headers={"Accept-Language": "ko"}):
        assert "2026년 3월" in formats.moment(when)


def test_languages_are_called_by_their_name_in_the_interface(reader: Reader) -> None:
    with reader.app.test_request_context(headers={"Accept-Language": "fr"}):
        assert formats.language_name("ko") == "coréen"
        assert formats.language_name("zz-unknown") == "zz-unknown"
        assert formats.language_name("") == "rien de sûr"


def test_outside_of_a_request_things_are_in_english(reader: Reader) -> None:
    with reader.app.app_context():
        assert formats.number(1234.5) == "1,234.5"
