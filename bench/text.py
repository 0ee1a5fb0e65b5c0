"""Measures reading: how its time grows with the length, for real and hostile texts, and how fast articles are read.

    python -m bench.text

Exits with 1 if any text ten times as long takes more than `MOST_GROWTH` times as long.
"""

import sys
from collections.abc import Callable
from time import thread_time
from typing import Final

from webapp.errors import InputError
from webapp.text.detect import detect_language, detect_paragraph
from webapp.text.normalise import normalise
from webapp.text.paragraphs import split_paragraphs
from webapp.text.read import read_article
from webapp.text.sentences import split_sentences

SHORT, LONG = 20_000, 200_000
MOST_GROWTH: Final = 13.0
TOO_SHORT_TO_TELL_SECONDS: Final = 0.15
ARTICLE: Final = (
    "Le port rouvre après trois semaines de grève\nPar Jean Petit\n\nLes grues ont recommencé à tourner mardi matin, sous "
    "les yeux d’une centaine de dockers. « Nous avons été entendus. Nous restons vigilants », a dit M. Le Gall, de la C.G.T. "
    "Selon J.-P. Moreau, 3,5 % des cargos étaient déjà partis, etc. Le préfet recevra les parties le 3 janv. 2025 à 10 h.\n\n"
    "Ce qui reste à négocier\n\n– la prime de nuit ;\n– le sort du quai nord.\n\n“The port is open again, and we are glad of "
    "it”, a écrit un armateur (il n’a pas dit lequel. Nul ne le sait).\n\nLa rédaction\n\n"
)
SEEDS: Final = (
    ARTICLE,
    *("a", ". ", "M. ", "«", "-", "\n", "« a. ", "((a. ", '"a. ', "a.\u00a0» ", "A. – b ! – ", "etc. ", "J.-P. ", "a.B", "! 🎉"),
    *("\u0301\u0327", "e\u0301", "\u200b", "가. ", "a\n", "- a\n", "« a\n", "A B C\n", "Par A\n", "x :\nabc\n"),
)


def everything(text: str) -> None:
    """All that reading does but the language, which hears a sample of bounded length."""
    normal = normalise(text)
    split_paragraphs(normal)
    split_sentences(normal)


def best_seconds(work: Callable[[str], object], text: str, rounds: int = 3) -> float:
    """The processor time of the fastest round."""
    times = []
    for _ in range(rounds):
        started = thread_time()
        work(text)
        times.append(thread_time() - started)
    return min(times)


def grows_too_fast() -> bool:
    """Prints the growth for every text, and says whether one is beyond the limit."""
    failed = False
    print(f"{'text':<26}{SHORT:>10} {LONG:>10}   growth")
    for seed in SEEDS:
        short, long = (best_seconds(everything, seed * (length // len(seed))) for length in (SHORT, LONG))
        growth = long / short if short else 1.0
        bad = growth > MOST_GROWTH and long > TOO_SHORT_TO_TELL_SECONDS
        failed = failed or bad
        print(f"{seed[:20]!a:<26}{short * 1000:>7.1f} ms {long * 1000:>7.1f} ms   ×{growth:.1f}{'  too fast' if bad else ''}")
    return failed


def read_all(text: str) -> None:
    """Reads an article, whatever its language."""
    try:
        read_article(text, max_bytes=1 << 24)
    except InputError as error:
        print(error)


def main() -> int:
    """Prints everything; 1 if a limit is broken."""
    detect_language(ARTICLE)  # loads the profiles
    book = ARTICLE * (1_000_000 // len(ARTICLE))
    for name, work, text in (
        ("reading an article", read_all, ARTICLE),
        ("reading a million characters", read_all, book),
        ("the language of an article", detect_language, ARTICLE),
        ("the language of a foreign paragraph", detect_paragraph, "The port is open again, and we are glad of it, he said."),
    ):
        print(f"{name}: {best_seconds(work, text) * 1000:.1f} ms for {len(text)} characters")
    return int(grows_too_fast())


if __name__ == "__main__":
    sys.exit(main())
