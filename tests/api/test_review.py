"""Review over JSON: everything the pages can do, under If-Match."""

import json
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.conftest import Api
from webapp.services.files import translated_file

TEXT = "Le port rouvre lundi. La mairie est ravie.\n\nLes 12 bateaux attendent."


class Room:
    """One article, drafted, and its addresses."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.client: FlaskClient = api.client
        self.article = api.store(TEXT)
        api.work()

    @property
    def root(self) -> str:
        return f"/api/v1/articles/{self.article}"

    def lines(self, target: str = "en", **query: Any) -> list[dict[str, Any]]:
        found = self.client.get(f"{self.root}/versions/{target}", query_string=query).json
        assert found is not None
        lines: list[dict[str, Any]] = found["sentences"]
        return lines

    def path(self, number: int = 0, target: str = "en") -> str:
        url: str = self.lines(target)[number]["url"]
        return url

    def edit(self, number: int, text: str, target: str = "en", etag: str | None = None, **more: Any) -> TestResponse:
        headers = {"If-Match": etag or self.lines(target)[number]["etag"]}
        return self.client.put(self.path(number, target), json={"text": text, **more}, headers=headers)


@pytest.fixture
def room(served: Api) -> Room:
    return Room(served)


def _body(answer: TestResponse, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json


# --- If-Match --------------------------------------------------------------------------------------------------------


def test_an_edit_needs_the_etag_of_what_was_read(room: Room) -> None:
    answer = room.client.put(room.path(), json={"text": "The port reopens."})
    assert (answer.status_code, answer.get_json()["type"]) == (428, "precondition-required")
    assert room.lines()[0]["translation"]["text"] == "[en] Le port rouvre lundi."


def test_an_edit_is_saved_and_gives_the_etag_for_the_next_one(room: Room) -> None:
    first = room.edit(0, "The port reopens on Monday.")
    assert _body(first)["translation"]["state"] == "translated"
    again = room.client.put(room.path(), json={"text": "The port opens again."}, headers={"If-Match": first.headers["ETag"]})
    assert _body(again)["translation"]["text"] == "The port opens again."


def test_an_edit_of_an_earlier_text_is_412_with_the_text_of_now(room: Room) -> None:
    old = room.lines()[0]["etag"]
    room.edit(0, "The port reopens on Monday.")
    answer = room.edit(0, "Mine.", etag=old)
    problem = _body(answer, 412)
    assert (problem["type"], problem["theirs"], problem["mine"]) == ("revision-changed", "The port reopens on Monday.", "Mine.")
    assert room.lines()[0]["translation"]["text"] == "The port reopens on Monday."
    assert _body(room.edit(0, "Mine.", etag=problem["etag"]))["translation"]["text"] == "Mine."


def test_a_star_replaces_whatever_stands_there(room: Room) -> None:
    room.edit(0, "The port reopens on Monday.")
    assert _body(room.edit(0, "Mine.", etag="*"))["translation"]["text"] == "Mine."


@pytest.mark.parametrize("etag", ["nonsense", '"x.1"', '""', '"1", "2"'])
def test_what_is_no_etag_of_a_translation_is_told_so(etag: str, room: Room) -> None:
    assert _body(room.edit(0, "Mine.", etag=etag), 422)["type"] == "request-invalid"


def test_a_translation_that_did_not_change_is_not_sent_again(room: Room) -> None:
    first = room.client.get(room.path())
    assert room.client.get(room.path(), headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    room.edit(0, "Another.")
    assert room.client.get(room.path(), headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_lists_have_etags_too(room: Room) -> None:
    for path in ("/api/v1/articles", f"{room.root}/versions/en", f"{room.root}/findings", "/api/v1/languages"):
        first = room.client.get(path)
        assert room.client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304, path


# --- states, history, undo -----------------------------------------------------------------------------------------------


def test_approving_with_open_errors_is_a_conflict_that_names_them_and_dismissing_opens_the_way(room: Room) -> None:
    room.edit(2, "The boats are waiting.")
    line = room.lines()[2]
    state = {"json": {"state": "approved"}, "headers": {"If-Match": line["etag"]}}
    problem = _body(room.client.put(f"{line['url']}/state", **state), 409)
    assert problem["type"] == "findings-open"
    for finding in problem["findings"]:
        path = f"{room.root}/findings/{finding['id']}/dismiss"
        assert _body(room.client.post(path, json={"reason": "  "}), 422)["type"] == "reason-missing"
        assert _body(room.client.post(path, json={"reason": "It is a test."}))["reason"] == "It is a test."
    assert _body(room.client.put(f"{line['url']}/state", **state))["translation"]["state"] == "approved"


def test_history_restores_and_undo_goes_back(room: Room) -> None:
    room.edit(0, "One.")
    room.edit(0, "Two.")
    history = _body(room.client.get(f"{room.path()}/history"))["history"]
    assert [entry["text_after"] for entry in history] == ["Two.", "One.", "[en] Le port rouvre lundi."]
    headers = {"If-Match": room.lines()[0]["etag"]}
    restored = room.client.post(f"{room.root}/history/{history[1]['id']}/restore", headers=headers)
    assert _body(restored)["translation"]["text"] == "One."
    assert _body(room.client.get(f"{room.root}/undo"))["step"]["action"] == "restore"
    undone = _body(room.client.post(f"{room.root}/undo", json={}))
    assert [place["target"] for place in undone["changed"]] == ["en"]
    assert room.lines()[0]["translation"]["text"] == "Two."


def test_a_version_is_approved_as_a_whole_or_says_what_is_in_the_way(room: Room) -> None:
    for number, text in enumerate(("The port reopens on Monday.", "The town hall is delighted.", "The 12 boats are waiting.")):
        room.edit(number, text)
    first = _body(room.client.post(f"{room.root}/versions/en/approve", json={}))
    done = first if first["done"] else _body(room.client.post(f"{room.root}/versions/en/approve", json={"confirmed": True}))
    assert len(done["approved"]) == 3
    by_target = {one["target"]: one for one in _body(room.client.get(f"{room.root}/versions"))["versions"]}
    assert by_target["en"]["by_state"]["approved"] == 3
    assert by_target["ru"]["by_state"]["approved"] == 0


def test_a_paragraph_is_approved(room: Room) -> None:
    room.edit(2, "The 12 boats are waiting.")
    assert len(_body(room.client.post(f"{room.root}/versions/en/paragraphs/1/approve"))["approved"]) == 1


def test_sentences_are_listed_in_pages_and_by_filter(room: Room) -> None:
    answer = room.client.get(f"{room.root}/versions/en?limit=2")
    assert [line["index"] for line in _body(answer)["sentences"]] == [0, 1]
    assert 'rel="next"' in answer.headers["Link"]
    room.edit(0, "The port reopens on Monday.", approve=True)
    assert _body(room.client.get(f"{room.root}/versions/en?filter=unfinished"))["total"] == 2
    assert _body(room.client.get(f"{room.root}/counts"))["counts"]["all"] == 3


# --- the machine ---------------------------------------------------------------------------------------------------------


def test_a_corrected_pivot_is_drafted_from_and_a_persons_text_gets_a_proposal(room: Room) -> None:
    room.edit(0, "Порт вновь открывается.", "ru")
    assert _body(room.client.put(f"{room.path(0, 'ru')}/pivot", json={"text": "The harbour reopens."}))["asked"] == ["ru"]
    room.api.work()
    line = room.lines("ru")[0]
    assert line["translation"]["text"] == "Порт вновь открывается."
    assert line["translation"]["has_proposal"] is True
    accepted = room.client.post(f"{line['url']}/proposal/accept", headers={"If-Match": line["etag"]})
    assert _body(accepted)["translation"]["text"] == "[ru] The harbour reopens."
    assert _body(room.client.post(f"{line['url']}/proposal/reject"), 409)["type"] == "proposal-gone"


def test_english_has_no_pivot(room: Room) -> None:
    assert _body(room.client.put(f"{room.path()}/pivot", json={"text": "x"}), 409)["type"] == "pivot-unavailable"


def test_alternatives_are_asked_for_and_come_when_the_worker_has_them(room: Room) -> None:
    from webapp.services.alternatives import answer_round

    path = f"{room.path(0, 'ru')}/alternatives"
    assert room.client.get(path).status_code == 204
    asked = room.client.post(path)
    assert (asked.status_code, asked.headers["Location"]) == (202, path)
    answer_round(room.api.context.store, room.api.engine)
    assert _body(room.client.get(path))["items"][0]["text"] == "[ru] Le port rouvre lundi. (1)"


# --- comments, search, source --------------------------------------------------------------------------------------------


def test_comments_are_written_resolved_reopened_and_deleted(room: Room) -> None:
    sentence = room.lines()[0]["id"]
    made = _body(room.client.post(f"{room.root}/sentences/{sentence}/comments", json={"text": "Hm?", "target": "en"}), 201)
    one = f"{room.root}/comments/{made['id']}"
    assert _body(room.client.put(one, json={"text": "Hm!"}))["text"] == "Hm!"
    assert _body(room.client.post(f"{one}/resolve"))["resolved_by"] == "local"
    assert _body(room.client.post(f"{one}/reopen"))["resolved_by"] is None
    assert room.client.delete(one).status_code == 204
    assert _body(room.client.get(f"{room.root}/sentences/{sentence}/comments"))["comments"] == []


def test_search_and_replace_shows_first_and_leaves_what_moved_on(room: Room) -> None:
    search = {"target": "en", "text": "port", "replacement": "harbour"}
    preview = _body(room.client.post(f"{room.root}/replace/preview", json=search))
    assert preview["sentences"] == 1
    match = preview["matches"][0]
    only = {str(match["place"]["sentence_id"]): match["revision"]}
    room.edit(0, "The port reopens.")
    done = _body(room.client.post(f"{room.root}/replace", json={**search, "only": only}))
    assert (done["changed"], len(done["conflicts"])) == ([], 1)
    assert len(_body(room.client.post(f"{room.root}/replace", json=search))["changed"]) == 1
    assert room.lines()[0]["translation"]["text"] == "The harbour reopens."
    broken = {**search, "text": "(", "regex": True}
    assert _body(room.client.post(f"{room.root}/replace/preview", json=broken), 422)["type"] == "search-invalid"


def test_an_updated_source_keeps_what_did_not_change(room: Room) -> None:
    room.edit(1, "The town hall is delighted.")
    corrected = TEXT.replace("lundi", "mardi")
    would = _body(room.client.put(f"{room.root}/source?dry_run=true", json={"text": corrected}))
    assert [change["kind"] for change in would["changes"]] == ["changed"]
    assert room.lines()[0]["source"] == "Le port rouvre lundi."
    _body(room.client.put(f"{room.root}/source", json={"text": corrected}))
    assert room.lines()[0]["source"] == "Le port rouvre mardi."
    assert room.lines()[1]["translation"]["text"] == "The town hall is delighted."


def test_a_source_is_updated_from_a_new_version_of_its_file(served: Api) -> None:
    sent = {"file": (BytesIO(b"# Un port\n\nLe **port** rouvre lundi.\n"), "a.md")}
    stored = _body(served.client.post("/api/v1/articles/file", data=sent), 202)
    root = f"/api/v1/articles/{stored['id']}"
    served.work()
    for path, kinds in ((f"{root}/source/file?dry_run=true", ["changed"]), (f"{root}/source/file", ["changed"])):
        new: dict[str, Any] = {"file": (BytesIO(b"# Un port\n\nLe port rouvre **mardi**.\n"), "b.md")}
        assert [change["kind"] for change in _body(served.client.put(path, data=new))["changes"]] == kinds
    served.work()
    nameless = {"file": (BytesIO(b"Le port."), "")}
    assert served.client.put(f"{root}/source/file", data=nameless).status_code == 422
    with served.context.store.read() as tx:
        file = translated_file(tx, stored["id"], "ru")
    assert (file.name, file.data.decode()) == ("b.ru.md", "# \\[ru\\] Un port\n\n\\[ru\\] Le port rouvre **mardi**.\n")


def test_what_an_update_removed_can_be_brought_back(room: Room) -> None:
    _body(room.client.put(f"{room.root}/source", json={"text": "Le port rouvre lundi."}))
    removed = _body(room.client.get(f"{room.root}/removed"))["removed"]
    assert len(removed) == 2
    boats = next(one for one in removed if "bateaux" in one["text"])
    _body(room.client.post(f"{room.root}/removed/{boats['sentence_id']}/restore"))
    assert "Les 12 bateaux attendent." in [line["source"] for line in room.lines()]


# --- jobs ------------------------------------------------------------------------------------------------------------------


def test_a_job_is_looked_at_cancelled_and_tried_again(served: Api) -> None:
    article = served.store(TEXT)
    job = f"/api/v1/articles/{article}/job"
    assert _body(served.client.get(job))["status"] == "waiting"
    assert _body(served.client.post(f"{job}/cancel"))["status"] == "cancelled"
    assert _body(served.client.post(f"{job}/retry"), 202)["status"] == "waiting"
    served.work()
    assert _body(served.client.get(job))["progress"] == {"done": 9, "total": 9, "seconds_left": None}


def _events(answer: TestResponse) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for block in answer.text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_the_events_of_a_job_end_with_it(room: Room) -> None:
    answer = room.client.get(f"{room.root}/events")
    assert answer.mimetype == "text/event-stream"
    events = _events(answer)
    assert [name for name, _ in events] == ["progress", "end"]
    assert events[-1][1]["status"] == "done"


def test_streams_are_few_and_the_places_are_given_back(served: Api) -> None:
    article = served.store(TEXT)  # nobody drafts it: the stream would go on
    places = served.context.settings.web_threads // 2
    opened = [served.client.get(f"/api/v1/articles/{article}/events", buffered=False) for _ in range(places)]
    refused = served.client.get(f"/api/v1/articles/{article}/events")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    for answer in opened:
        answer.close()
    served.work()
    assert served.client.get(f"/api/v1/articles/{article}/events").status_code == 200


def test_a_stream_ends_after_its_time_and_shows_that_it_lives_meanwhile(served: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.api.jobs.LOOK_SECONDS", 0.01)
    monkeypatch.setattr("webapp.api.jobs.HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr("webapp.api.jobs.LONGEST_SECONDS", 0.3)
    answer = served.client.get(f"/api/v1/articles/{served.store(TEXT)}/events")
    assert [name for name, _ in _events(answer)] == ["progress"]
    assert ": alive" in answer.text


def test_the_stream_of_a_deleted_article_ends(served: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.api.jobs.LOOK_SECONDS", 0.01)
    article = served.store(TEXT)
    stream = iter(served.client.get(f"/api/v1/articles/{article}/events", buffered=False).response)
    assert b"retry" in next(stream).encode() if isinstance(first := next(stream), str) else first
    served.client.delete(f"/api/v1/articles/{article}")
    assert list(stream) == []
