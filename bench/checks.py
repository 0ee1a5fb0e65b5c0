"""Measures the quality checks: how many planted errors they find, how often they cry wolf, how long they take.

    python -m bench.checks [--misses]

The correct sentences are tests/data/checks/sentences.tsv. Everything is measured twice: with the built-in bands of lengths, and
with bands learned from the corpus of the starters as from that many approved sentences.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from time import thread_time
from typing import Final

import bench.checks_figures  # these register their kinds of errors
import bench.checks_warnings  # noqa: F401
from bench import table, verdict
from bench.align_documents import blocks
from bench.checks_planting import Kind, Row, kinds
from bench.checks_words import terms
from webapp.checks.base import CheckInput, Finding, Severity
from webapp.checks.length_band import Band, learn_band
from webapp.checks.registry import run_checks
from webapp.languages import TARGETS

SENTENCES: Final = Path(__file__).parent.parent / "tests" / "data" / "checks" / "sentences.tsv"
LEAST_RECALL: Final = 0.95
MOST_FALSE_ALARMS: Final = 0.02
MOST_SECONDS: Final = 0.002


@dataclass
class Result:
    """What became of the planted errors of one kind; `missed` are the inputs that gave nothing."""

    kind: Kind
    planted: int = 0
    found: int = 0
    missed: list[CheckInput] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0


@dataclass
class Report:
    """Everything measured; `alarms` counts correct sentences with a finding, by check and severity."""

    results: list[Result]
    correct: int
    alarms: Counter[tuple[str, str]]
    wrong_errors: int
    seconds: float

    @property
    def error_recall(self) -> float:
        errors = [result for result in self.results if result.kind.is_error]
        return sum(result.found for result in errors) / sum(result.planted for result in errors)

    @property
    def false_alarms(self) -> float:
        """The share of correct sentences with any error finding."""
        return self.wrong_errors / self.correct

    @property
    def length_alarms(self) -> int:
        """How many correct sentences are called too short or too long."""
        return sum(count for (check, _), count in self.alarms.items() if check == "length")


def read_rows(path: Path = SENTENCES) -> list[Row]:
    """Reads the correct sentences: one mapping of language to text a line."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def learned_bands() -> dict[str, Band]:
    """The bands of lengths that an installation would learn that had approved the corpus."""
    rows = [row for _, those in blocks() for row in those]
    bands = {language: learn_band((len(row["fr"]), len(row[language])) for row in rows) for language in TARGETS}
    return {language: band for language, band in bands.items() if band is not None}


def measure(rows: Iterable[Row], bands: Mapping[str, Band] | None = None) -> Report:
    """Plants every kind of error into every row and target, and checks the correct ones too; `bands`: instead of the built-in."""
    rows, bands = list(rows), bands or {}
    timed: list[float] = []
    results = [_plant(kind, rows, bands, timed) for kind in kinds()]
    alarms: Counter[tuple[str, str]] = Counter()
    wrong = correct = 0
    for row in rows:
        for language in TARGETS:
            text = CheckInput(source=row["fr"], target=row[language], language=language, terms=terms(language), confidence=0.9)
            findings = _timed(replace(text, length_band=bands.get(language)), timed)
            correct += 1
            wrong += any(finding.severity is Severity.ERROR for finding in findings)
            alarms.update({(finding.check, finding.severity.value) for finding in findings})
    return Report(results, correct, alarms, wrong, sum(timed) / len(timed))


def _plant(kind: Kind, rows: list[Row], bands: Mapping[str, Band], timed: list[float]) -> Result:
    result = Result(kind)
    for number, row in enumerate(rows):
        for language in TARGETS:
            for text in kind.plant(row, language, Random(f"{kind.name} {number} {language}")):
                result.planted += 1
                text = replace(text, length_band=bands.get(language))  # noqa: PLW2901 — the same, measured with other bands
                if _is_found(kind, _timed(text, timed)):
                    result.found += 1
                else:
                    result.missed.append(text)
    return result


def _timed(text: CheckInput, timed: list[float]) -> tuple[Finding, ...]:
    start = thread_time()  # the machine’s other work does not count
    findings = run_checks(text)
    timed.append(thread_time() - start)
    return findings


def _is_found(kind: Kind, findings: tuple[Finding, ...]) -> bool:
    checks = kind.check.split("|")
    return any(f.check in checks and (f.severity is Severity.ERROR or not kind.is_error) for f in findings)


def main() -> int:
    """Prints the tables; 1 when a threshold is missed."""
    report = measure(read_rows())
    learned = measure(read_rows(), learned_bands())
    rows = [
        (r.kind.name, r.kind.check, "E" if r.kind.is_error else "W", r.planted, r.found, f"{r.recall:.1%}")
        for r in report.results
    ]
    print(table(("planted error", "check", "severity", "planted", "found", "recall"), rows))
    if "--misses" in sys.argv:
        _print_misses(report)
    alarms = [(check, severity, count) for (check, severity), count in sorted(report.alarms.items())]
    print("\n" + table(("finding in a correct sentence", "severity", f"of {report.correct}"), alarms) + "\n")
    reached = [
        verdict("recall of errors, %", report.error_recall * 100, LEAST_RECALL * 100, at_least=True),
        verdict("correct sentences with an error finding, %", report.false_alarms * 100, MOST_FALSE_ALARMS * 100, at_least=False),
        verdict("all checks on one sentence, ms of one core", report.seconds * 1000, MOST_SECONDS * 1000, at_least=False),
        verdict("the same, with learned lengths: recall, %", learned.error_recall * 100, LEAST_RECALL * 100, at_least=True),
        verdict("… false alarms, %", learned.false_alarms * 100, MOST_FALSE_ALARMS * 100, at_least=False),
        verdict("… length warnings on correct sentences", learned.length_alarms, report.length_alarms, at_least=False),
    ]
    return 0 if all(reached) else 1


def _print_misses(report: Report) -> None:
    for result in report.results:
        for text in result.missed:
            print(f"\n{result.kind.name}, {text.language}:\n    {text.source}\n    {text.target}")


if __name__ == "__main__":
    sys.exit(main())
