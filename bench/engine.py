"""The engine beside argostranslate on the same packages, and the settings' defaults.

Every system runs in a process of its own; the processes take turns, article by article, so that whatever else the machine does
falls on all of them, and what is reported is the median of the ratios. Packages are of full size (`bench.packages`), beam 4,
French into English, Russian and Korean.

usage: python -m bench.engine [--quick] [--articles N] [--sweep]
    --quick      the small starter packages and two articles: shows that the measurement runs, proves little
    --articles   articles to compare on (20); argostranslate as it comes needs half a minute or more for each
    --sweep      only the table of settings
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench import table, verdict
from bench.articles import make_articles
from bench.children import Article, Child, Measured
from bench.packages import full_size_packages
from webapp.config import Settings
from webapp.engine.packages import PackageStore
from webapp.languages import TARGETS

DEFAULTS: Final = Settings()
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
            sweep(data, _articles(2, seed=1))
    return 0 if reached else 1


def compare(data: Path, texts: Sequence[Article], *, full_size: bool) -> bool:
    """Compares with argostranslate: articles, one short sentence, ten times the text, memory."""
    with ExitStack() as stack:
        ours = stack.enter_context(_child("quatrain", data))
        argos = stack.enter_context(_child("argos", data, ARGOS_PACKAGES_DIR=str(data / "argos")))
        best_settings = {"ARGOS_INTRA_THREADS": "1", "ARGOS_INTER_THREADS": str(DEFAULTS.engine_threads)}
        best = stack.enter_context(_child("argos", data, ARGOS_PACKAGES_DIR=str(data / "argos"), **best_settings))
        systems = {"quatrain": ours, "argostranslate": argos, "argostranslate, best settings": best}
        for system in systems.values():
            system.translate([["Bonjour."]], TARGETS)  # loads
        taken: dict[str, list[Measured]] = {name: [] for name in systems}
        for number, text in enumerate(texts):
            for name in _rotated(list(systems), number):
                taken[name].append(systems[name].translate(text, TARGETS))
        short = _short_sentence(systems)
        linear = _ten_times(ours)
    words = [sum(len(sentence.split()) for paragraph in text for sentence in paragraph) for text in texts]
    _print_systems(taken, words)
    reached = [
        verdict("times as fast as argostranslate", _ratio(taken, "argostranslate"), 5, at_least=True),
        verdict("times as fast as with its best settings", _ratio(taken, "argostranslate, best settings"), 2.5, at_least=True),
        verdict("time for one short sentence, as a share of argostranslate's", short, 1, at_least=False),
        verdict("time for ten times the text", linear, 10.5, at_least=False),
    ]
    if full_size:
        reached.append(verdict("peak memory in MB", taken["quatrain"][-1].peak_mb, 900, at_least=False))
    return all(reached)


def sweep(data: Path, texts: Sequence[Article]) -> None:
    """Prints what other settings than the defaults would give, each in a process of its own, beside the defaults in turns."""
    rows = []
    with _child("quatrain", data) as base:
        base.translate([["Bonjour."]], TARGETS)
        for options in SWEEP:
            with _child("quatrain", data, options=options) as other:
                other.translate([["Bonjour."]], TARGETS)
                pairs = [(base.translate(text, TARGETS), other.translate(text, TARGETS)) for text in texts]
            name = ", ".join(f"{setting} {value}" for setting, value in options.items()) or "the defaults, against themselves"
            speed = median(one.wall / two.wall for one, two in pairs)
            cpu = median(two.cpu / one.cpu for one, two in pairs)
            rows.append([name, f"{speed:.2f}", f"{cpu:.2f}", f"{pairs[-1][1].peak_mb:.0f}"])
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


@contextmanager
def _child(system: str, data: Path, *, options: dict[str, Any] | None = None, **environment: str) -> Iterator[Child]:
    child = Child(system, data, environment=environment, **(options or {}))
    try:
        yield child
    finally:
        child.close()


def _rotated(names: list[str], number: int) -> list[str]:
    """Who begins changes with every article: nobody always runs after the same one."""
    cut = number % len(names)
    return names[cut:] + names[:cut]


def _short_sentence(systems: dict[str, Child], times: int = 9) -> float:
    """Our time for one short sentence, in each target alone and in all three, against the quicker argostranslate."""
    names = list(systems)
    ratios = []
    for targets in (*((target,) for target in TARGETS), TARGETS):
        taken: dict[str, list[float]] = {name: [] for name in names}
        for number in range(times):
            # Another number every time: argostranslate remembers the last text, which nobody sends twice.
            text = [[f"Le ministre a signé {number + 2} accords."]]
            for name in _rotated(names, number):
                taken[name].append(systems[name].translate(text, targets).wall)
        ours, *others = (median(taken[name]) for name in names)
        ratios.append(ours / min(others))
        theirs = " or ".join(f"{other:.3f}" for other in others)
        print(f"one short sentence into {', '.join(targets)}: {ours:.3f} s; argostranslate {theirs} s")
    return max(ratios)


def _ten_times(ours: Child) -> float:
    """The time for ten articles in one, against the median of four of them one by one; sentences all different."""
    texts = _articles(10, seed=100)
    one = median(ours.translate(text, TARGETS).wall for text in texts[:4])
    return ours.translate([paragraph for text in texts for paragraph in text], TARGETS).wall / one


def _ratio(taken: dict[str, list[Measured]], other: str) -> float:
    return median(theirs.wall / our.wall for our, theirs in zip(taken["quatrain"], taken[other], strict=True))


def _print_systems(taken: dict[str, list[Measured]], words: Sequence[int]) -> None:
    rows = [
        [
            name,
            f"{median(m.wall for m in measured):.1f}",
            f"{median(m.cpu for m in measured):.1f}",
            f"{median(w / m.wall for w, m in zip(words, measured, strict=True)):.0f}",
            f"{median(m.first for m in measured):.1f}",
            f"{measured[-1].peak_mb:.0f}",
        ]
        for name, measured in taken.items()
    ]
    print(f"\n{len(words)} articles of {median(words):.0f} words into {', '.join(TARGETS)}:")
    print(table(["system", "s", "CPU s", "words/s", "first text s", "peak MB"], rows))


if __name__ == "__main__":
    sys.exit(main())
