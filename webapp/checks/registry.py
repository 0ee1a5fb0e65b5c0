"""Finds the checks, one class a file, and runs them in a fixed order."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from inspect import isabstract
from pkgutil import iter_modules
from typing import TypeVar

from webapp import checks
from webapp.checks.base import Check, CheckInput, Finding, Severity, VersionCheck, VersionInput

_Kind = TypeVar("_Kind", Check, VersionCheck)


@cache
def sentence_checks() -> tuple[Check, ...]:
    """Lists the checks of one sentence: errors first, then by slug."""
    return _discover(Check)  # type: ignore[type-abstract] # only concrete classes are made


@cache
def version_checks() -> tuple[VersionCheck, ...]:
    """Lists the checks of a whole version: errors first, then by slug."""
    return _discover(VersionCheck)  # type: ignore[type-abstract] # only concrete classes are made


def run_checks(text: CheckInput) -> tuple[Finding, ...]:
    """Runs every check of the target's language on one sentence.

    Findings come errors first, then by check, then in reading order; none twice, and none that another one explains
    (see `Check.covers`).
    """
    found = [(check, tuple(check.find(text))) for check in sentence_checks() if text.language in check.languages]
    covered = {slug for check, findings in found if findings for slug in check.covers}
    return _in_order(f for check, findings in found if check.slug not in covered for f in findings)


def run_version_checks(version: VersionInput) -> dict[int, tuple[Finding, ...]]:
    """Runs the checks that need the whole version; gives findings by number of the sentence, in source order."""
    found: dict[int, list[Finding]] = {}
    for check in version_checks():
        if version.language in check.languages:
            for index, finding in check.find(version):
                found.setdefault(index, []).append(finding)
    return {index: _in_order(found[index]) for index in sorted(found)}


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    once = {finding.key: finding for finding in reversed(list(findings))}
    return tuple(sorted(once.values(), key=lambda f: (f.severity is Severity.WARNING, f.check, f.spans, f.key)))


def _discover(kind: type[_Kind]) -> tuple[_Kind, ...]:
    found: list[_Kind] = []
    for module_info in iter_modules(checks.__path__):
        if module_info.ispkg:
            continue
        module = import_module(f"{checks.__name__}.{module_info.name}")
        for value in vars(module).values():
            is_check = isinstance(value, type) and issubclass(value, kind) and not isabstract(value)
            if is_check and value.__module__ == module.__name__:
                found.append(value())
    return tuple(sorted(found, key=lambda check: (check.severity is Severity.WARNING, check.slug)))
