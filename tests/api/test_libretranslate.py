"""LibreTranslate's contract, as its clients rely on it."""

import io
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.api.conftest import FRENCH, Api, FakePackages, make_api
from tests.api.libre import Libre, worker_thread
from webapp.config import Settings
from webapp.services.keys import create_key

NOT_HELD = {"Authorization, Content-Type", "GET, POST", "1728000"}


@pytest.fixture
def libre(served: Api) -> Iterator[Libre]:
    with worker_thread(served.context.store, served.engine):
        yield Libre(served)


def _make(settings: Settings, empty_database: Path, **changes: Any) -> Libre:
    return Libre(make_api(replace(settings, **changes), empty_database))


def _body(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json


# --- /languages ------------------------------------------------------------------------------------------------------


def test_the_languages_are_those_of_the_packages_each_with_itself_and_what_english_leads_on_to(libre: Libre) -> None:
    found = {one["code"]: one for one in _body(libre.api.client.get("/languages"))}
    assert {code: one["targets"] for code, one in found.items()} == {
        "fr": ["fr", "en", "ru", "ko"],
        "en": ["en", "ru", "ko"],
        "ru": ["ru"],
        "ko": ["ko"],
    }
    assert found["fr"]["name"] == "French"


def test_other_packages_bring_other_routes(libre: Libre) -> None:
    packages = libre.api.context.packages
    assert isinstance(packages, FakePackages)
    packages.pairs = ["de-en", "en-pb", "fr-en"]
    found = {one["code"]: one["targets"] for one in _body(libre.api.client.get("/languages"))}
    assert found["de"] == ["en", "de", "pt-BR"]
    assert found["fr"] == ["fr", "en", "pt-BR"]
    assert found["ru"] == ["ru"]


def test_the_names_of_languages_follow_the_client(libre: Libre) -> None:
    names = [one["name"] for one in _body(libre.api.client.get("/languages", headers={"Accept-Language": "fr"}))]
    assert names[:2] == ["Français", "Anglais"]
    assert _body(libre.api.client.get("/languages?lang=ru"))[0]["name"] == "Французский"


def test_a_get_with_a_form_in_its_body_is_answered_and_a_post_is_not(libre: Libre) -> None:
    client = libre.api.client
    assert client.get("/languages", data="api_key=", content_type="application/x-www-form-urlencoded").status_code == 200
    assert client.post("/languages").status_code == 405


# --- /translate ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["json", "form", "query"])
def test_a_text_comes_back_as_a_text_however_it_is_sent(how: str, libre: Libre) -> None:
    fields = {"q": "Le port rouvre.", "source": "fr", "target": "en"}
    client = libre.api.client
    answer = {
        "json": lambda: client.post("/translate", json=fields),
        "form": lambda: client.post("/translate", data=fields),
        "query": lambda: client.post("/translate", query_string=fields),
    }[how]()
    assert _body(answer) == {"translatedText": "[en] Le port rouvre."}


def test_a_list_comes_back_as_a_list_of_the_same_length_in_its_order(libre: Libre) -> None:
    texts = [f"Phrase numéro {n}." for n in range(20)]
    assert _body(libre.translate(texts)) == {"translatedText": [f"[en] {text}" for text in texts]}
    assert _body(libre.translate(["Une seule."])) == {"translatedText": ["[en] Une seule."]}


def test_an_empty_text_in_a_list_stays_empty_and_what_has_no_letters_stays_as_it_is(libre: Libre) -> None:
    assert _body(libre.translate(["", "Bonjour.", " 👋 ", "12 %"]))["translatedText"] == ["", "[en] Bonjour.", " 👋 ", "12 %"]


def test_several_sentences_keep_the_white_space_around_and_between_them(libre: Libre) -> None:
    text = "  Le port rouvre.\nLa mairie est ravie.\n\n- Un point\n"
    assert _body(libre.translate(text))["translatedText"] == (
        "  [en] Le port rouvre.\n[en] La mairie est ravie.\n\n[en] - Un point\n"
    )


@examples(max_examples=30, deadline=None)
@given(texts=st.lists(st.text(alphabet="ab é.!?\n\t", max_size=60), min_size=1, max_size=6))
def test_whatever_the_texts_are_there_are_as_many_translations(texts: list[str]) -> None:
    from webapp.engine.base import Draft
    from webapp.services.strings import translate_strings
    from webapp.text.normalise import normalise

    found = translate_strings(texts, lambda sentences: [Draft(f"<{sentence}>", 1.0) for sentence in sentences])
    assert [re.sub("[<>]", "", text) for text in found] == [normalise(text) for text in texts]


def test_the_same_language_gives_the_text_back(libre: Libre) -> None:
    assert _body(libre.translate("Déjà là\r\n", target="fr"))["translatedText"] == "Déjà là\r\n"
    assert libre.api.engine.calls == []


def test_forms_have_their_line_ends_normalised_and_json_has_not(libre: Libre) -> None:
    form = libre.form("/translate", q="a\r\nb", source="fr", target="fr")
    assert _body(form)["translatedText"] == "a\nb"


def test_a_pivoted_route_is_offered_and_used(libre: Libre) -> None:
    assert _body(libre.translate("Bonjour.", target="ko"))["translatedText"] == "[ko] Bonjour."
    assert _body(libre.translate("Hello.", source="en", target="ru"))["translatedText"] == "[ru] Hello."


def test_codes_are_matched_whatever_their_case(libre: Libre) -> None:
    assert _body(libre.translate("Bonjour.", source="FR", target="En"))["translatedText"] == "[en] Bonjour."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        ("The council met on Monday and nobody was there.", "en"),
        ("Порт вновь открывается.", "ru"),
        ("항구가 다시 열린다.", "ko"),
    ],
)
def test_the_language_is_told_where_the_client_does_not_know_it(text: str, language: str, libre: Libre) -> None:
    target = "en" if language == "fr" else language
    body = _body(libre.translate(text, source="auto", target=target))
    assert body["detectedLanguage"]["language"] == language
    assert 50 < body["detectedLanguage"]["confidence"] <= 100


def test_a_batch_is_told_its_language_once_and_for_each(libre: Libre) -> None:
    body = _body(libre.translate([FRENCH, "Oui."], source="auto"))
    assert [one["language"] for one in body["detectedLanguage"]] == ["fr", "fr"]


def test_where_nothing_can_be_told_it_is_english_with_no_confidence(libre: Libre) -> None:
    body = _body(libre.translate("👋 42", source="auto"))
    assert body == {"translatedText": "👋 42", "detectedLanguage": {"confidence": 0.0, "language": "en"}}


def test_alternatives_come_only_when_asked_for_without_the_best_and_without_doubles(libre: Libre) -> None:
    assert "alternatives" not in _body(libre.translate("Bonjour."))
    one = _body(libre.translate("Bonjour.", alternatives=2))
    assert len(one["alternatives"]) == 2
    assert one["translatedText"] not in one["alternatives"]
    many = _body(libre.translate(["Bonjour.", "Merci."], alternatives=1))
    assert [len(those) for those in many["alternatives"]] == [1, 1]
    assert _body(libre.translate("Bonjour.", alternatives=-3)) == {"translatedText": "[en] Bonjour."}


def test_markup_keeps_its_elements_and_has_no_alternatives(libre: Libre) -> None:
    body = _body(libre.translate(["<p>Le port rouvre.</p>", "A &amp; B"], format="html", alternatives=1))
    assert body["translatedText"][0] == "<p>[en] Le port rouvre.</p>"
    assert body["alternatives"] == [[], []]


def test_placeholders_survive_also_where_the_machine_loses_them(libre: Libre, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = _body(libre.translate("Bonjour [X12X], voici [X3X]."))["translatedText"]
    assert kept == "[en] Bonjour [X12X], voici [X3X]."
    engine = libre.api.engine
    original = type(engine)._draft
    monkeypatch.setattr(
        type(engine), "_draft", staticmethod(lambda s, *rest: original(re.sub(r"\[X(\d+)X\]", r"[Х\1]", s), *rest))
    )
    mended = _body(libre.translate("Bonjour [X12X], voici [X3X]."))["translatedText"]
    assert re.findall(r"\[X\d+X\]", mended) == ["[X12X]", "[X3X]"]
    assert "Bonjour" in mended
    assert mended.count("[en]") == 3


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "Invalid request: missing q parameter"),
        ({"q": ""}, "Invalid request: missing q parameter"),
        ({"q": []}, "Invalid request: missing q parameter"),
        ({"q": "x"}, "Invalid request: missing source parameter"),
        ({"q": "x", "source": "fr"}, "Invalid request: missing target parameter"),
        ({"q": "x", "source": "xx", "target": "en"}, "xx is not supported"),
        ({"q": "x", "source": "fr-CA", "target": "en"}, "fr-ca is not supported"),
        ({"q": "x", "source": "fr", "target": "auto"}, "auto is not supported"),
        ({"q": "x", "source": "ru", "target": "en"}, "English (en) is not available as a target language from Russian (ru)"),
        ({"q": "x", "source": "fr", "target": "en", "format": "markdown"}, "markdown format is not supported"),
        ({"q": "x", "source": "fr", "target": "en", "alternatives": "many"}, "alternatives parameter is not a number"),
        ({"q": "x", "source": "fr", "target": "en", "alternatives": None}, "alternatives parameter is not a number"),
        ({"q": "x", "source": "fr", "target": "en", "alternatives": 99}, "alternatives parameter must be <= 9"),
        ({"q": 5, "source": "fr", "target": "en"}, "neither a text nor a list of texts"),
        ({"q": ["x", 5], "source": "fr", "target": "en"}, "neither a text nor a list of texts"),
        ({"q": "x", "source": ["fr"], "target": "en"}, "is not supported"),
        ({"q": ["x"] * 1001, "source": "fr", "target": "en"}, "request (1001) exceeds text limit (1000)"),
        ({"q": "x" * 100_001, "source": "fr", "target": "en"}, "request (100001) exceeds text limit (100000)"),
        ([], "Invalid JSON format"),
        ("a text", "Invalid JSON format"),
    ],
)
def test_what_cannot_be_taken_is_always_400_because_other_answers_silence_clients(body: Any, words: str, libre: Libre) -> None:
    found = _body(libre.json("/translate", body), 400)
    assert list(found) == ["error"]
    assert words in found["error"]


def test_broken_json_is_400_too(libre: Libre) -> None:
    for data in (b"{", b"\xff", b"[" * 100_000):
        answer = libre.api.client.post("/translate", data=data, content_type="application/json")
        assert "error" in _body(answer, 400)


def test_what_the_engine_breaks_on_is_said_and_does_not_take_its_neighbours_with_it(libre: Libre) -> None:
    found: dict[str, Any] = {}

    def ask(text: str) -> None:
        found[text] = Libre(libre.api).translate(text)

    texts = ["Bonjour.", "poison \N{SKULL}.", "Merci."]
    threads = [threading.Thread(target=ask, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _body(found["Bonjour."])["translatedText"] == "[en] Bonjour."
    assert _body(found["Merci."])["translatedText"] == "[en] Merci."
    assert "poisoned sentence" in _body(found["poison \N{SKULL}."], 500)["error"]


def test_requests_that_wait_share_one_call_of_the_engine(served: Api) -> None:
    libre = Libre(served)
    found: list[Any] = []
    threads = [threading.Thread(target=lambda n=n: found.append(libre.translate(f"Phrase {n}."))) for n in range(6)]
    for thread in threads:
        thread.start()
    _until(lambda: _waiting(served) == 6)
    with worker_thread(served.context.store, served.engine):
        for thread in threads:
            thread.join()
    assert {answer.status_code for answer in found} == {200}
    assert [len(call) for call in served.engine.calls] == [6]
    _until(lambda: _waiting(served) == 0)


def _waiting(served: Api) -> int:
    from sqlalchemy import func, select

    from webapp.storage.api_models import requests

    with served.context.store.read() as tx:
        return int(tx.connection.scalar(select(func.count()).select_from(requests)) or 0)


def _until(holds: Any) -> None:
    import time

    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def test_without_a_worker_the_client_is_told_after_a_while_and_nothing_stays_behind(
    served: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.api.answers.Answers.ask.__kwdefaults__", {"seconds": 0.2})
    assert "No worker answered" in _body(Libre(served).translate("Bonjour."), 504)["error"]
    assert _waiting(served) == 0


# --- /detect, settings, health, spec -------------------------------------------------------------------------------------


def test_detect_gives_the_likeliest_first_and_english_for_nothing(libre: Libre) -> None:
    assert _body(libre.form("/detect", q="Bonjour tout le monde"))[0]["language"] == "fr"
    assert _body(libre.json("/detect", {"q": ["Привет", "Как дела"]}))[0]["language"] == "ru"
    assert _body(libre.form("/detect", q="42")) == [{"confidence": 0.0, "language": "en"}]
    assert _body(libre.form("/detect"), 400) == {"error": "Invalid request: missing q parameter"}
    assert libre.api.client.get("/detect").status_code == 405


def test_a_text_in_a_language_that_cannot_be_translated_gets_little_confidence(libre: Libre) -> None:
    german = "Der Stadtrat kam am Montagabend zusammen, um über den Haushalt der Stadt zu beraten. Die Sitzung dauerte lange."
    assert _body(libre.form("/detect", q=german))[0]["confidence"] <= 10


def test_the_settings_say_what_there_is(libre: Libre) -> None:
    found = _body(libre.api.client.get("/frontend/settings"))
    assert (found["charLimit"], found["apiKeys"], found["keyRequired"], found["suggestions"]) == (100_000, False, False, True)
    assert found["language"] == {"source": {"code": "fr", "name": "French"}, "target": {"code": "en", "name": "English"}}
    assert ".docx" in found["supportedFilesFormat"]


def test_health_and_spec_are_there(libre: Libre) -> None:
    assert _body(libre.api.client.get("/health")) == {"status": "ok"}
    assert libre.api.client.post("/health").status_code == 405
    spec = _body(libre.api.client.get("/spec"))
    assert spec["swagger"] == "2.0"
    rules = {rule.rule for rule in libre.api.app.url_map.iter_rules()}
    assert set(spec["paths"]) <= rules


def test_pages_of_other_sites_may_read_the_answers(libre: Libre) -> None:
    asked = libre.api.client.options("/translate", headers={"Origin": "https://example.org"})
    for answer in (asked, libre.translate("Bonjour."), libre.json("/translate", {})):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert set(answer.headers.values()) >= NOT_HELD
    assert asked.status_code == 200


def test_a_slash_at_the_end_is_another_address(libre: Libre) -> None:
    assert libre.api.client.post("/translate/", data={"q": "x"}).status_code == 404


# --- /suggest --------------------------------------------------------------------------------------------------------


def test_a_suggestion_is_said_beside_the_sentence_and_remembered_and_replaces_nothing(libre: Libre) -> None:
    api = libre.api
    article = api.store("Le port rouvre lundi. La ministre s’en réjouit.")
    api.work()
    sent = {"q": "Le port rouvre lundi.", "s": "The harbour reopens on Monday.", "source": "fr", "target": "en"}
    assert _body(libre.json("/suggest", sent)) == {"success": True}
    assert _body(libre.form("/suggest", **sent)) == {"success": True}  # again: nothing is said twice
    sentence = _body(api.get(f"/articles/{article}/versions/en"))["sentences"][0]
    assert sentence["translation"]["text"] == "[en] Le port rouvre lundi."
    comments = _body(api.get(f"/articles/{article}/sentences/{sentence['id']}/comments"))["comments"]
    assert [(c["text"], c["target"]) for c in comments] == [("The harbour reopens on Monday.", "en")]


@pytest.mark.parametrize("missing", ["q", "s", "source", "target"])
def test_a_suggestion_needs_all_its_fields(missing: str, libre: Libre) -> None:
    sent = {"q": "a", "s": "b", "source": "fr", "target": "en"}
    del sent[missing]
    assert _body(libre.form("/suggest", **sent), 400) == {"error": f"Invalid request: missing {missing} parameter"}


# --- files -------------------------------------------------------------------------------------------------------------


def _send_file(libre: Libre, name: str, data: bytes, source: str = "fr") -> Any:
    sent = {"file": (io.BytesIO(data), name), "source": source, "target": "en"}
    return libre.api.client.post("/translate_file", data=sent)


@pytest.mark.parametrize("source", ["fr", "auto"])
def test_a_file_is_translated_and_can_be_fetched_under_a_name_of_its_own(source: str, libre: Libre) -> None:
    url = _body(_send_file(libre, "Mon article.txt", b"Le port rouvre lundi.\n", source))["translatedFileUrl"]
    assert re.fullmatch(r"http://localhost/download_file/[0-9a-f-]{36}\.Mon_article_en\.txt", url)
    fetched = libre.api.client.get(url)
    assert fetched.text == "[en] Le port rouvre lundi.\n"
    assert fetched.headers["Content-Disposition"] == "attachment; filename=Mon_article_en.txt"


def test_markup_of_a_file_is_kept(libre: Libre) -> None:
    url = _body(_send_file(libre, "a.md", b"# Le port\n\nIl rouvre.\n"))["translatedFileUrl"]
    assert libre.api.client.get(url).text.replace("\\", "") == "# [en] Le port\n\n[en] Il rouvre.\n"


def test_bad_files_are_refused_with_400(libre: Libre) -> None:
    assert _body(_send_file(libre, "a.xyz", b"x"), 400) == {"error": "Invalid request: file format not supported"}
    assert "error" in _body(_send_file(libre, "a.docx", b"%PDF-1.4"), 400)
    without = libre.api.client.post("/translate_file", data={"source": "fr", "target": "en"})
    assert _body(without, 400) == {"error": "Invalid request: missing file parameter"}


@pytest.mark.parametrize("name", ["x", "../../etc/passwd", "00000000-0000-0000-0000-000000000000.a.txt", "%00"])
def test_nobody_can_guess_a_download(name: str, libre: Libre) -> None:
    assert libre.api.client.get(f"/download_file/{name}").status_code in {400, 404}


# --- keys, limits, the probe -------------------------------------------------------------------------------------------


def test_a_key_is_ignored_where_none_is_needed(libre: Libre) -> None:
    assert _body(libre.translate("Bonjour.", api_key="whatever"))["translatedText"]


def test_with_keys_a_missing_one_is_400_and_a_wrong_one_403(libre: Libre) -> None:
    with libre.api.context.store.begin() as tx:
        secret = create_key(tx, "cms", ["translate"])
        reader = create_key(tx, "reader", ["read"])
    assert "get an API key" in _body(libre.translate("Bonjour.", api_key=""), 400)["error"]
    assert _body(libre.translate("Bonjour.", api_key="qtn_wrong"), 403) == {"error": "Invalid API key"}
    assert "scope" in _body(libre.translate("Bonjour.", api_key=reader), 403)["error"]
    assert _body(libre.translate("Bonjour.", api_key=secret))["translatedText"] == "[en] Bonjour."
    assert _body(libre.form("/translate", q="Oui.", source="fr", target="en", api_key=secret))["translatedText"]
    assert _body(libre.api.client.get("/languages"))
    assert _body(libre.api.client.get("/frontend/settings"))["keyRequired"] is True


def test_the_access_token_is_a_key_too(guarded: Api) -> None:
    with worker_thread(guarded.context.store, guarded.engine):
        assert _body(Libre(guarded).translate("Bonjour."), 400)
        assert _body(Libre(guarded).translate("Bonjour.", api_key="a-very-long-token"))


def test_a_page_of_another_site_cannot_make_this_machine_work_without_a_key(libre: Libre) -> None:
    answer = libre.translate("Bonjour.")
    assert answer.status_code == 200
    forged = libre.json("/translate", {"q": "x", "source": "fr", "target": "en"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert "another site" in _body(forged, 403)["error"].lower()


def test_over_the_limit_is_429_with_the_time_to_wait(settings: Settings, empty_database: Path) -> None:
    libre = _make(settings, empty_database, rate_requests=2)
    with worker_thread(libre.api.context.store, libre.api.engine):
        assert [libre.translate("Bonjour.").status_code for _ in range(3)] == [200, 200, 429]
        told = libre.translate("Bonjour.")
        assert _body(told, 429) == {"error": "Slowdown: 2 requests a minute"}
        assert 0 < int(told.headers["Retry-After"]) <= 61
        assert libre.api.client.get("/languages").status_code == 200
    libre.api.context.store.close()


def test_characters_are_counted_and_a_request_beyond_the_whole_limit_is_refused_not_served(
    settings: Settings, empty_database: Path
) -> None:
    libre = _make(settings, empty_database, rate_characters=20)
    with worker_thread(libre.api.context.store, libre.api.engine):
        assert libre.translate(["Bonjour.", "Merci."]).status_code == 200
        assert libre.translate("Bonjour à tous.").status_code == 429
    libre.api.context.store.close()


def test_weblates_probe_is_answered_only_where_the_switch_is_on(libre: Libre, tmp_path: Path, empty_database: Path) -> None:
    assert _body(libre.translate(["test"], source="en", target="de"), 400) == {"error": "de is not supported"}
    switched = _make(Settings(data_dir=tmp_path / "other"), empty_database, weblate_probe=True)
    assert _body(switched.translate(["test"], source="en", target="de")) == {"translatedText": ["test"]}
    assert _body(switched.translate(["tests"], source="en", target="de"), 400)
    switched.api.context.store.close()
