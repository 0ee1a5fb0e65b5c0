"""Runs the tables of examples that the checks carry."""

from collections.abc import Iterator

import pytest

from webapp.checks.base import Check, Example, VersionCheck, VersionExample
from webapp.checks.registry import sentence_checks, version_checks

TABLES = ("good", "bad", "ignored")


def _examples() -> Iterator[tuple[str, Check, Example]]:
    for check in sentence_checks():
        for table in TABLES:
            for example in getattr(check, table):
                yield table, check, example


def _version_examples() -> Iterator[tuple[VersionCheck, VersionExample]]:
    for check in version_checks():
        for table in TABLES:
            for example in getattr(check, table):
                yield check, example


@pytest.mark.parametrize(
    ("table", "check", "example"), [pytest.param(*case, id=f"{case[1].slug}-{case[0]}-{n}") for n, case in enumerate(_examples())]
)
def test_a_check_finds_its_bad_examples_and_no_others(table: str, check: Check, example: Example) -> None:
    findings = list(check.find(example.text))
    assert bool(findings) == (table == "bad"), [finding.text for finding in findings]
    marked = tuple(example.target[start:end] for finding in findings for start, end in finding.spans)
    assert marked == example.marks


@pytest.mark.parametrize(
    ("check", "example"), [pytest.param(*case, id=f"{case[0].slug}-{n}") for n, case in enumerate(_version_examples())]
)
def test_a_check_of_versions_finds_the_sentences_it_should(check: VersionCheck, example: VersionExample) -> None:
    assert tuple(index for index, _ in check.find(example.version)) == example.found


@pytest.mark.parametrize("check", [*sentence_checks(), *version_checks()], ids=lambda check: check.slug)
def test_every_check_has_good_bad_and_ignored_examples_in_each_of_its_languages(check: Check | VersionCheck) -> None:
    for table in ("good", "bad"):
        assert {example.language for example in getattr(check, table)} >= set(check.languages)
    assert check.ignored
