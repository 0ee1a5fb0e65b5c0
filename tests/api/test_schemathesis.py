"""A machine that reads the OpenAPI document tries every operation: nothing breaks, and no answer comes that is not described."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import SkipTest

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import Api, make_api
from webapp.api.jobs import _Stream
from webapp.config import Settings

pytestmark = pytest.mark.slow  # every operation, many times

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 3
"""For each operation. The whole takes well under a minute."""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Api]:
    """An installation with a drafted article, which whoever tries the operations may change and delete."""
    base = Settings(data_dir=tmp_path_factory.mktemp("tried") / "data")
    made = make_api(replace(base, private_webhooks=False), empty_database)
    yield made
    made.context.store.close()


@pytest.fixture
def api_schema(tried: Api, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("webapp.api.translate.wait_until_final", _without_waiting)
    monkeypatch.setattr(_Stream, "_run", lambda self: iter(["event: end\ndata: {}\n\n"]))
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", tried.app)


def _without_waiting(article_id: str, seconds: float) -> Any:
    from webapp.api.blueprint import context
    from webapp.services.articles import get_job

    del seconds
    with context().store.read() as tx:
        return get_job(tx, article_id)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_operation_answers_as_the_document_says(mode: GenerationMode, api_schema: Any, tried: Api) -> None:
    complaints, operations = [], 0
    for found in api_schema.get_all_operations():
        tried.work()  # whatever was stored; and a worker is heard of
        complaints += _try(found.ok(), mode, tried)
        operations += 1
    assert not complaints, "\n\n".join(complaints)
    assert operations > 50


def _try(operation: Any, mode: GenerationMode, tried: Api) -> list[str]:
    """Sends what fits the description, or what does not; gives what is wrong, with the request that leads to it."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        _aim(case, tried)
        case.call_and_validate(checks=CHECKS)

    try:
        send()
    except (Unsatisfiable, SkipTest):  # nothing about the operation can be wrong
        assert mode is GenerationMode.NEGATIVE
    except FailureGroup as failures:
        return [f"{operation.label}: {failures}"]
    return []


def _aim(case: Any, tried: Api) -> None:
    """Leads most requests to something that is there: random numbers would find nothing to change."""
    places = case.path_parameters
    if not places or hash(repr(case.path_parameters)) % 4 == 0:
        return
    article, sentence = _somewhere(tried)
    aims = {"article_id": article, "sentence_id": sentence, "target": "ru", "paragraph": 0, "format_name": "csv"}
    aims |= {"comment_id": 1, "finding_id": 1, "history_id": 1, "webhook_id": 1}
    for name in places:
        if name in aims:
            places[name] = aims[name]


def _somewhere(tried: Api) -> tuple[str, int]:
    """An article and a sentence in it, stored anew when the last one was deleted."""
    listed = tried.get("/articles?limit=1&status=done&target=ru").json
    assert listed is not None
    if not listed["articles"]:
        tried.store()
        tried.work()
        return _somewhere(tried)
    article = str(listed["articles"][0]["id"])
    lines = tried.get(f"/articles/{article}/versions/ru?limit=1").json
    assert lines is not None
    return article, int(lines["sentences"][0]["id"]) if lines.get("sentences") else 1
