"""Versions that programs bring: aligned, repaired, taken or dropped, as on the pages."""

import io
from typing import Any

import pytest

from tests.api.conftest import Api
from webapp.services.align_requests import align_round

pytestmark = pytest.mark.slow  # texts are really aligned

FRENCH = "Le port rouvre lundi. La mairie est ravie. Il pleut depuis trois jours."
ENGLISH = "The harbour reopens on Monday. The town hall is delighted. It has been raining for three days."


@pytest.fixture
def address(served: Api) -> str:
    """The address of an English version that was brought and aligned."""
    article = served.store(FRENCH, targets=["en"], any_language=True)
    served.work()
    found = f"/articles/{article}/versions/en/brought"
    answer = served.client.post(f"/api/v1{found}", data={"file": (io.BytesIO(ENGLISH.encode()), "port.en.txt")})
    assert (answer.status_code, answer.get_json()["status"]) == (202, "waiting")
    assert answer.headers["Location"].endswith(found)
    assert served.get(found).get_json()["rows"] == []
    while align_round(served.context.store):
        pass
    return found


def rows(served: Api, address: str) -> dict[str, Any]:
    view: dict[str, Any] = served.get(address).get_json()
    return view


def test_a_version_is_aligned_taken_and_forgotten(served: Api, address: str) -> None:
    view = rows(served, address)
    assert [(row["source"], row["target"]) for row in view["rows"]][2] == (
        ["Il pleut depuis trois jours."],
        ["It has been raining for three days."],
    )
    taken = served.post(f"{address}/take", {"revision": view["revision"]})
    assert (taken.status_code, taken.get_json()["written"]) == (200, 3)
    article = served.get("/".join(address.split("/")[:3])).get_json()
    assert article["paragraphs"][0]["versions"]["en"]["text"] == ENGLISH
    assert served.get(address).get_json()["type"] == "brought-not-found"


def test_a_row_is_repaired_and_the_repair_undone(served: Api, address: str) -> None:
    before = rows(served, address)
    repaired = served.post(f"{address}/repairs", {"revision": before["revision"], "row": 0, "do": "merge"})
    assert (repaired.status_code, len(repaired.get_json()["rows"])) == (200, 2)
    undone = served.post(f"{address}/repairs", {"revision": repaired.get_json()["revision"]})
    assert [row["source"] for row in undone.get_json()["rows"]] == [row["source"] for row in before["rows"]]
    impossible = served.post(f"{address}/repairs", {"revision": undone.get_json()["revision"], "row": 0, "do": "up"})
    assert (impossible.status_code, impossible.get_json()["type"]) == (409, "repair-impossible")


def test_what_changed_meanwhile_is_not_taken(served: Api, address: str) -> None:
    answer = served.post(f"{address}/take", {"revision": 999})
    assert (answer.status_code, answer.get_json()["type"]) == (409, "brought-changed")


def test_a_version_is_dropped(served: Api, address: str) -> None:
    assert served.client.delete(f"/api/v1{address}").status_code == 204
    assert served.get(address).status_code == 404


def test_what_the_starters_drafted_can_be_asked_for_again(served: Api) -> None:
    article = served.store(FRENCH, targets=["en"], any_language=True)
    answer = served.post(f"/articles/{article}/job/redraft", {})
    assert (answer.status_code, answer.get_json()["article_id"]) == (202, article)
    assert served.post("/articles/none/job/redraft", {}).status_code == 404
