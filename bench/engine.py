"""The engine beside argostranslate on the same packages, and the settings' defaults.

Every system runs in a process of its own; the processes take turns, article by article, so that whatever else the machine does
falls on all of them, and what is reported is the median of the ratios over rounds of five articles. Quatrain translates the five
one by one, and once more together, as its worker does with articles that wait; argostranslate as it comes, the slowest by far,
translates the first of the five only. Packages are of full size (`bench.packages`), beam 4, French into three languages.

usage: python -m bench.engine [--quick] [--articles N] [--sweep]
    --quick      the small starter packages and two articles: shows that the measurement runs; nothing is demanded of it
    --articles   articles to compare on (20, about a quarter of an hour on two cores)
    --sweep      only the table of settings
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final, TypeVar

from bench import table, verdict
from bench.articles import french_sentences, make_articles
from bench.children import Article, Child, Measured
from bench.packages import full_size_packages
from webapp.config import Settings
from webapp.engine.packages import PackageStore
from webapp.languages import TARGETS

DEFAULTS: Final = Settings()
ROUND: Final = 5
SHORT: Final = 12
ALONE, TOGETHER = "quatrain, one by one", "quatrain, together"
ARGOS, BEST = "argostranslate", "argostranslate, best settings"

Turn = TypeVar("Turn")
Round = dict[str, list[Measured]]

SWEEP: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"batch_tokens": 256},
    {"batch_tokens": 512},
    {"batch_tokens": 2048},
    {"engine_threads": 1},
    {"engine_threads": 2 * DEFAULTS.engine_threads},
    {"beam_size": 2},
    {"beam_size": 1},
    {"compute_type": "float32"},
)


def main() -> int:
    """Runs the comparison; 1 if anything demanded is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.engine")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--articles", type=int, default=None)
    options = parser.parse_args()
    count = options.articles or (2 if options.quick else 20)
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        _install(data, full_size=not options.quick)
        reached = True
        if not options.sweep:
            reached = compare(data, _articles(count), full_size=not options.quick)
        if not options.quick:
            sweep(data, _joined(_articles(min(count, 3), seed=1)))
    return 0 if reached else 1


def compare(data: Path, texts: Sequence[Article], *, full_size: bool) -> bool:
    """Compares with argostranslate: articles, one short sentence, ten times the text, memory."""
    packages = {"ARGOS_PACKAGES_DIR": str(data / "argos")}
    best_settings = {"ARGOS_INTRA_THREADS": "1", "ARGOS_INTER_THREADS": str(DEFAULTS.engine_threads)}
    with ExitStack() as stack:
        ours = stack.enter_context(_child("quatrain", data))
        argos = stack.enter_context(_child("argos", data, environment=packages))
        best = stack.enter_context(_child("argos", data, environment=packages | best_settings))
        for system in (ours, argos, best):
            system.translate([["Bonjour."]], TARGETS)  # loads
        rounds = [_round(ours, argos, best, texts[i : i + ROUND]) for i in range(0, len(texts), ROUND)]
        short = _short_sentence({"quatrain": ours, "argostranslate": argos, "with its best settings": best})
        linear, peak = _ten_times(ours)
    _print_systems(rounds, texts)
    if not full_size:
        return True
    reached = [
        verdict("times as fast as argostranslate", _ratio(rounds, TOGETHER, ARGOS), 5, at_least=True),
        verdict("times as fast as with its best settings", _ratio(rounds, TOGETHER, BEST), 2.5, at_least=True),
        verdict("one short sentence, as a share of argostranslate's time (5 % is noise)", short, 1.05, at_least=False),
        verdict("time for ten times the text", linear, 10.5, at_least=False),
        verdict("peak memory in MB", peak, 900, at_least=False),
    ]
    return all(reached)


def _round(ours: Child, argos: Child, best: Child, texts: Sequence[Article]) -> Round:
    """Lets the systems take turns; who begins changes with every article, so that nobody always runs after the same one."""
    taken: Round = {ALONE: [], TOGETHER: [], ARGOS: [], BEST: []}
    for number, text in enumerate(texts):
        turns = [(ALONE, ours), (BEST, best), *([(ARGOS, argos)] if number == 0 else [])]
        for name, system in _rotated(turns, number):
            taken[name].append(system.translate(text, TARGETS))
    taken[TOGETHER].append(ours.translate(_joined(texts), TARGETS))
    return taken


def sweep(data: Path, text: Article) -> None:
    """Prints what other settings than the defaults would give, each in a process of its own, beside the defaults in turns."""
    rows = []
    with _child("quatrain", data) as base:
        base.translate([["Bonjour."]], TARGETS)
        for options in SWEEP:
            with _child("quatrain", data, **options) as other:
                other.translate([["Bonjour."]], TARGETS)
                one, two = base.translate(text, TARGETS), other.translate(text, TARGETS)
            name = ", ".join(f"{setting} {value}" for setting, value in options.items()) or "the defaults, against themselves"
            rows.append([name, f"{one.wall / two.wall:.2f}", f"{two.cpu / one.cpu:.2f}", f"{two.peak_mb:.0f}"])
    defaults = f"batch_tokens {DEFAULTS.batch_tokens}, engine_threads {DEFAULTS.engine_threads}, beam_size {DEFAULTS.beam_size}"
    print(f"\nSettings beside the defaults ({defaults}, compute_type {DEFAULTS.compute_type}):")
    print(table(["setting", "speed", "CPU time", "peak MB"], rows))


def _install(data: Path, *, full_size: bool) -> None:
    store = PackageStore(Settings(data_dir=data))
    if full_size:
        for path in full_size_packages():
            store.import_file(path)
    else:
        store.install_starters()
    (data / "argos").mkdir()
    for package in store.installed():
        (data / "argos" / package.pair).symlink_to(package.folder, target_is_directory=True)


def _articles(count: int, *, seed: int = 0) -> list[Article]:
    return [[[s.text for s in p.sentences] for p in source.paragraphs] for source in make_articles(count, seed=seed)]


def _joined(texts: Sequence[Article]) -> Article:
    return [paragraph for text in texts for paragraph in text]


@contextmanager
def _child(system: str, data: Path, *, environment: dict[str, str] | None = None, **options: Any) -> Iterator[Child]:
    child = Child(system, data, environment=environment, **options)
    try:
        yield child
    finally:
        child.close()


def _rotated(turns: list[Turn], number: int) -> list[Turn]:
    cut = number % len(turns)
    return turns[cut:] + turns[:cut]


def _short_sentence(systems: dict[str, Child]) -> float:
    """Our time for one short sentence in all targets, as a share of the quicker argostranslate's; prints single targets too."""
    sentences = sorted(french_sentences(), key=len)[:SHORT]
    share = 0.0
    for targets in (*((target,) for target in TARGETS), TARGETS):
        taken: dict[str, list[float]] = {name: [] for name in systems}
        for number, sentence in enumerate(sentences):
            for name, system in _rotated(list(systems.items()), number):
                taken[name].append(system.translate([[sentence]], targets).wall)
        ours, *others = taken.values()
        share = median(our / min(theirs) for our, *theirs in zip(ours, *others, strict=True))
        times = ", ".join(f"{name} {median(seconds) * 1000:.0f} ms" for name, seconds in taken.items())
        print(f"one short sentence into {' '.join(targets)}: {times}")
    return share


def _ten_times(ours: Child) -> tuple[float, float]:
    """The time for ten articles in one, against the median of four of them one by one; and the peak of memory in MB."""
    texts = _articles(10, seed=100)
    one = median(ours.translate(text, TARGETS).wall for text in texts[:4])
    ten = ours.translate(_joined(texts), TARGETS)
    return ten.wall / one, ten.peak_mb


def _speed(measured: Sequence[Measured]) -> float:
    return sum(m.words for m in measured) / sum(m.wall for m in measured)


def _ratio(rounds: Sequence[Round], one: str, other: str) -> float:
    return median(_speed(taken[one]) / _speed(taken[other]) for taken in rounds)


def _print_systems(rounds: Sequence[Round], texts: Sequence[Article]) -> None:
    rows = []
    for name in rounds[0]:
        measured = [m for taken in rounds for m in taken[name]]
        words = sum(m.words for m in measured)
        rows.append(
            [
                name,
                f"{words / sum(m.wall for m in measured):.0f}",
                f"{words / sum(m.cpu for m in measured):.0f}",
                f"{median(m.first for m in measured):.1f}",
                f"{_ratio(rounds, name, ARGOS):.2f}",
                f"{_ratio(rounds, name, BEST):.2f}",
            ]
        )
    print(f"\n{len(texts)} articles into {', '.join(TARGETS)}, French words a second:")
    print(table(["system", "words/s", "words/CPU s", "first text s", "× argos", "× best"], rows))


if __name__ == "__main__":
    sys.exit(main())
