"""Programs written for LibreTranslate, unchanged, in front of a real server with its worker."""

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from libretranslatepy import LibreTranslateAPI

from tests.contracts.conftest import Serving, clean_environment, run, start_serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]

FRENCH = [
    "Le port rouvre lundi.",
    "La mairie a voté le budget hier soir.",
    "Bonjour [X12X], vous avez [X3X] messages.",
    "Les élèves rentrent mardi matin.",
] * 5
_WEBLATE_SECONDS = 20


class Weblate:
    """Asks a server as Weblate's machinery does: JSON, lists of up to twenty texts, an empty key, twenty seconds' patience."""

    def __init__(self, url: str, key: str = "") -> None:
        self.url, self.key = url.rstrip("/"), key
        self.rate_limited = False

    def request(self, method: str, path: str, body: Any = None) -> Any:
        answer = requests.request(method, f"{self.url}/{path}", json=body, timeout=_WEBLATE_SECONDS)
        self.rate_limited |= answer.status_code in {401, 403, 429, 456, 503}
        if answer.status_code >= 400:
            raise ValueError(answer.json()["error"][:200])
        return answer.json()

    def languages(self) -> set[tuple[str, str]]:
        return {(one["code"], target) for one in self.request("GET", "languages") for target in one["targets"]}

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        assert len(texts) <= 20
        body = {"api_key": self.key, "q": texts, "source": source, "target": target}
        found = self.request("POST", "translate", body)["translatedText"]
        assert isinstance(found, list)
        assert all(isinstance(text, str) for text in found)
        return found


def test_libretranslatepy_translates_detects_and_lists(serving: Serving) -> None:
    client = LibreTranslateAPI(serving.address)
    assert re.search("port", client.translate("Le port rouvre lundi.", "fr", "en"), re.IGNORECASE)
    assert re.search("[а-я]", client.translate("Le port rouvre lundi.", "fr", "ru"))
    assert re.search("[가-힣]", client.translate("The port reopens.", "en", "ko"))
    assert client.detect("Bonjour tout le monde")[0]["language"] == "fr"
    assert {one["code"] for one in client.languages()} == {"fr", "en", "ru", "ko"}


def test_libretranslatepy_is_told_what_is_wrong(serving: Serving) -> None:
    with pytest.raises(Exception, match="400"):
        LibreTranslateAPI(serving.address).translate("Bonjour", "fr", "es")


def test_weblate_gets_twenty_strings_in_their_order_with_their_placeholders(serving: Serving) -> None:
    client = Weblate(f"{serving.address}/")
    assert {("fr", "en"), ("fr", "ru"), ("fr", "ko"), ("en", "ru")} <= client.languages()
    found = client.translate(FRENCH, "fr", "ru")
    assert len(found) == 20
    assert found[0] == found[4] == client.translate([FRENCH[0]], "fr", "ru")[0]
    for source, text in zip(FRENCH, found, strict=True):
        assert re.findall(r"\[X\d+X\s?\]", text) == re.findall(r"\[X\d+X\]", source)


def test_weblate_is_never_silenced_by_its_own_mistakes(serving: Serving) -> None:
    client = Weblate(serving.address)
    for texts, source, target in ((["x"], "fr", "de"), ([""], "xx", "en"), (["x" * 200_000], "fr", "en")):
        with pytest.raises(ValueError, match=r"\w"):
            client.translate(texts, source, target)
    assert not client.rate_limited


def test_many_clients_at_once_get_their_own_answers(serving: Serving) -> None:
    expected = {n: Weblate(serving.address).translate([f"Le port numéro {n} rouvre."], "fr", "en") for n in range(8)}
    found: dict[int, list[str]] = {}

    def ask(n: int) -> None:
        found[n] = Weblate(serving.address).translate([f"Le port numéro {n} rouvre."], "fr", "en")

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {n: len(texts) for n, texts in found.items()} == dict.fromkeys(range(8), 1)
    assert all(str(n) in found[n][0] or found[n] == expected[n] for n in found)


@pytest.fixture
def keyed(starters: Path, tmp_path: Path) -> Iterator[tuple[Serving, str]]:
    """A server with a key and Weblate's probe switched on."""
    (tmp_path / "packages").symlink_to(starters / "packages", target_is_directory=True)
    made = run(["keys", "add", "weblate", "--scope", "translate"], clean_environment(tmp_path))
    assert made.returncode == 0, made.stderr
    running = start_serving(tmp_path, QUATRAIN_WEBLATE_PROBE="on")
    yield running, made.stdout.decode().strip()
    running.stop()


def test_weblate_can_be_set_up_with_a_key_and_the_probe_switched_on(keyed: tuple[Serving, str]) -> None:
    running, secret = keyed
    assert Weblate(running.address, secret).translate(["test"], "en", "de") == ["test"]
    assert len(Weblate(running.address, secret).translate(["Le port rouvre."], "fr", "en")) == 1
    with pytest.raises(ValueError, match="API key"):
        Weblate(running.address).translate(["test"], "fr", "en")
    assert requests.get(f"{running.address}/api/v1/articles", timeout=30).status_code == 401


def test_an_answer_comes_while_articles_are_being_drafted(serving: Serving) -> None:
    texts = [f"Le conseil numéro {n} a voté hier soir un budget de {n} millions d’euros pour les écoles." for n in range(300)]
    status, stored = serving.request("POST", "/api/v1/articles", {"text": " ".join(texts), "targets": ["en", "ru", "ko"]})
    assert status == 202
    begun = time.monotonic()
    Weblate(serving.address).translate(["Le port rouvre lundi."], "fr", "en")
    took = time.monotonic() - begun
    job = serving.request("GET", f"{stored['url']}/job")[1]
    serving.request("DELETE", stored["url"])
    assert took < _WEBLATE_SECONDS
    assert job["progress"]["done"] < job["progress"]["total"], "the article was done before anything could be shown"
