"""The checks are found by themselves and run in a fixed order."""

from importlib import import_module
from pkgutil import iter_modules
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp import checks
from webapp.checks.base import Check, CheckInput, Severity, VersionCheck, VersionInput
from webapp.checks.registry import run_checks, run_version_checks, sentence_checks, version_checks
from webapp.languages import TARGETS

ALL: tuple[Check | VersionCheck, ...] = (*sentence_checks(), *version_checks())
ODD = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ["« ", " »", "“", "1 000", "18h30", "5월", "12 mai", "ne ", "pas ", "ONU", "Élise Marchand", "&apos;", "하하", "..", "?"]
    ),
    max_size=12,
).map("".join)


def test_each_file_holds_one_check_and_each_check_has_its_own_slug() -> None:
    slugs = [check.slug for check in ALL]
    modules = [type(check).__module__ for check in ALL]
    assert len(set(slugs)) == len(slugs) == len(set(modules))
    assert all(module.split(".")[-1] in {m.name for m in iter_modules(checks.__path__)} for module in modules)


def test_every_error_of_the_plan_has_its_check() -> None:
    errors = {check.slug for check in ALL if check.severity is Severity.ERROR}
    assert errors == {
        "dates", "debris", "empty", "glossary", "loop", "noise", "numbers", "quotes-kept", "residue", "script", "untranslated",
    }  # fmt: skip


def test_what_a_check_covers_exists() -> None:
    slugs = {check.slug for check in ALL}
    assert all(check.covers <= slugs for check in sentence_checks())


def test_findings_come_errors_first_and_always_the_same() -> None:
    text = CheckInput(source="« Il a 3 euros », a dit M. Petit.", target="he has 5  dollars ..", language="en")
    found = run_checks(text)
    severities = [finding.severity.value for finding in found]
    assert severities == sorted(severities)
    assert found == run_checks(text)
    assert len({finding.key for finding in found}) == len(found) > 2


def test_an_untranslated_sentence_is_reported_once_and_not_for_every_consequence() -> None:
    source = "Le ministre a quitté la réunion sans parler."
    assert [f.check for f in run_checks(CheckInput(source=source, target=source, language="ru"))] == ["untranslated"]
    assert [f.check for f in run_checks(CheckInput(source="Il a 3 ans.", target="", language="ko"))] == ["empty"]


def test_a_finding_stays_the_same_when_the_text_around_it_changes() -> None:
    before = run_checks(CheckInput(source="Il a 3 ans.", target="He is 5 years old.", language="en"))
    after = run_checks(CheckInput(source="Il a 3 ans.", target="Today he is 5 years old.", language="en"))
    assert [finding.key for finding in before] == [finding.key for finding in after]
    assert before[0].spans != after[0].spans


@settings(max_examples=150)
@given(ODD, ODD, st.sampled_from(TARGETS))
def test_no_check_fails_on_odd_texts_and_every_message_can_be_read(source: str, target: str, language: str) -> None:
    for finding in run_checks(CheckInput(source=source, target=target, language=language, confidence=0.1)):
        assert finding.text
        assert all(0 <= start <= end <= len(target) for start, end in finding.spans)
        assert all(0 <= start <= end <= len(source) for start, end in finding.source_spans)


@settings(max_examples=50)
@given(st.lists(st.tuples(ODD, ODD), max_size=6), st.sampled_from(TARGETS))
def test_no_check_of_versions_fails_on_odd_texts(pairs: list[tuple[str, str]], language: str) -> None:
    sentences = tuple(CheckInput(source=source, target=target, language=language) for source, target in pairs)
    version = VersionInput(language=language, sentences=sentences, paragraphs=tuple(i // 2 for i in range(len(pairs))))
    for index, findings in run_version_checks(version).items():
        assert 0 <= index < len(pairs)
        assert all(finding.text for finding in findings)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["a", " ", "\u00a0", ".", "…", "1 ", "1,", "1~", "une ", "« ", '"', "ne a ", "a@", "&", "A ", "하", "1만 "]
)
def test_a_text_without_end_costs_no_more_than_its_length(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    start = thread_time()
    for language in TARGETS:
        run_checks(CheckInput(source=f"{text}.", target=text, language=language))
    assert thread_time() - start < 10  # quadratic ones took minutes


def test_no_check_reads_files_or_the_environment() -> None:
    for module_info in iter_modules(checks.__path__):
        module = import_module(f"{checks.__name__}.{module_info.name}")
        assert not {"os", "pathlib", "sqlalchemy", "open"} & vars(module).keys()
