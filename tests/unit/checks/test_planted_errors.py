"""The checks find planted errors and leave correct sentences alone; `python -m bench.checks` prints the figures."""

from collections import Counter

import pytest

from bench.checks import LEAST_RECALL, MOST_FALSE_ALARMS, Report, measure, read_rows
from webapp.languages import LANGUAGES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("planted")]  # planted once, for all of them


@pytest.fixture(scope="module")
def report() -> Report:
    return measure(read_rows())


def test_the_correct_sentences_are_forty_in_four_languages() -> None:
    rows = read_rows()
    assert len(rows) == 40
    assert all(row.keys() == LANGUAGES.keys() and all(row.values()) for row in rows)


def test_every_kind_of_error_is_found_nearly_always(report: Report) -> None:
    weak = {r.kind.name: r.recall for r in report.results if r.kind.is_error and r.recall < LEAST_RECALL}
    assert not weak
    assert report.error_recall >= LEAST_RECALL
    assert all(result.planted >= 5 for result in report.results)


def test_warnings_find_more_than_half_of_what_they_are_for(report: Report) -> None:
    assert not [result.kind.name for result in report.results if result.recall <= 0.5]


def test_correct_sentences_are_left_alone(report: Report) -> None:
    assert report.false_alarms <= MOST_FALSE_ALARMS
    by_check = Counter({check: count for (check, _), count in report.alarms.items()})
    assert all(count <= MOST_FALSE_ALARMS * report.correct for count in by_check.values()), by_check
