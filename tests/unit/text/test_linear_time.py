"""Reading takes time in proportion to the length, whatever is read: no input makes a server hang.

The growth is measured in `bench/text.py`; here every hostile text has to be read within a time that only a quadratic step
could exceed, generous enough for a busy machine.
"""

from contextlib import suppress
from time import thread_time

import pytest

from webapp.errors import InputError
from webapp.text.normalise import normalise
from webapp.text.paragraphs import split_paragraphs
from webapp.text.read import read_article
from webapp.text.sentences import split_sentences

LENGTH = 100_000
SECONDS_PER_TEXT = 5  # of processor time; sentencex alone needs more for as many guillemets
pytestmark = pytest.mark.slow

SEEDS = [
    *(
        "a",
        ". ",
        "M. ",
        "«",
        "»",
        "-",
        "- ",
        "\n",
        " ",
        "\t",
        "(",
        "[",
        "“",
        '"',
        "'",
        "’",
        "…",
        "...",
        "! ",
        "? !",
        "1. ",
        "[1]",
    ),
    *(
        "« a. ",
        "((a. ",
        "a. (b. ",
        '"a. ',
        "« “",
        "a.\u00a0» ",
        "A. – b ! – ",
        "etc. ",
        "J.-P. ",
        "Le a. B ",
        "a.B",
        "http://a.b/?c. ",
    ),
    *("\u0301", "\u0301\u0327", "e\u0301", "\u200b", "\u200d", "🎉", "! 🎉", "가", "가. ", "п. ", "\ufeff", "\x00", "\ud800"),
]
LINES = ["a\n", "- a\n", "« a\n", "A B C\n", "Par A\n", "x :\nabc\n", "\u200b\n", "the of and to in\n", "Le\n\n"]


@pytest.mark.parametrize("seed", SEEDS, ids=ascii)
def test_one_endless_paragraph_is_read_in_time(seed: str) -> None:
    text = seed * (LENGTH // len(seed))
    started = thread_time()
    split_sentences(normalise(text))
    split_paragraphs(normalise(text))
    assert thread_time() - started < SECONDS_PER_TEXT


@pytest.mark.parametrize("seed", LINES, ids=ascii)
def test_endless_lines_are_read_in_time(seed: str) -> None:
    text = seed * (LENGTH // 4 // len(seed))
    started = thread_time()
    with suppress(InputError):
        read_article(text, max_bytes=LENGTH * 4, accept_any_language=True)
    assert thread_time() - started < SECONDS_PER_TEXT


@pytest.mark.parametrize("seed", [b"\xe9", b"\xe9t\xe9 ", b"\xc3", b"\x80\x8d", b"\xc3\xa9\xe9", b"a\xe0", b"<", b" " * 9 + b"<"])
def test_endless_bytes_are_read_or_refused_in_time(seed: bytes) -> None:
    started = thread_time()
    with suppress(InputError):
        read_article(seed * (LENGTH // len(seed)), max_bytes=LENGTH * 2, accept_any_language=True)
    assert thread_time() - started < SECONDS_PER_TEXT
