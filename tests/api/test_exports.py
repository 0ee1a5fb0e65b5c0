"""Articles as files over the API."""

import pytest

from tests.api.conftest import Api
from webapp.exports.registry import formats


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_is_a_file_with_a_safe_name(served: Api, name: str) -> None:
    article_id = served.store(title='../"évil"\r\n')
    served.work()
    answer = served.get(f"/articles/{article_id}/export/{name}?target=ru")
    assert answer.status_code == 200
    assert answer.mimetype == formats()[name].media_type
    ending = formats()[name].extension
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{article_id}-ru{ending}"'


def test_machine_drafts_are_in_a_tmx_only_on_request_and_its_name_says_so(served: Api) -> None:
    article_id = served.store()
    served.work()
    assert "<tu " not in served.get(f"/articles/{article_id}/export/tmx?target=ru").text
    answer = served.get(f"/articles/{article_id}/export/tmx?target=ru&include=all")
    assert '<prop type="x-state">draft</prop>' in answer.text
    assert "-ru-unreviewed.tmx" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("tmx", 422, "request-invalid"),
        ("xliff?target=en,ru", 422, "request-invalid"),
        ("docm?target=ru", 422, "request-invalid"),
        ("tmx?target=ru&include=some", 422, "request-invalid"),
        ("tmx?target=xx", 400, "target-unknown"),
    ],
)
def test_what_cannot_be_written_is_a_problem(served: Api, path: str, status: int, slug: str) -> None:
    answer = served.get(f"/articles/{served.store()}/export/{path}")
    assert answer.json is not None
    assert (answer.status_code, answer.json["type"]) == (status, slug)


def test_an_article_that_is_not_there_is_a_problem(served: Api) -> None:
    answer = served.get("/articles/none/export/csv")
    assert answer.json is not None
    assert (answer.status_code, answer.json["type"]) == (404, "article-not-found")
