"""Articles from files: the file comes back in another language, and with what was left out of it."""

import io

from tests.api.conftest import Api
from tests.files import PAGE


def upload(served: Api, data: str, name: str, **fields: str) -> str:
    answer = served.client.post("/api/v1/articles/file", data={"file": (io.BytesIO(data.encode()), name), **fields})
    assert answer.status_code == 202, answer.text
    found: str = answer.get_json()["id"]
    return found


def test_an_article_from_a_page_comes_back_as_the_page_in_another_language(served: Api) -> None:
    article = upload(served, PAGE, "bac à quai.html", targets="ru")
    served.work()
    answer = served.get(f"/articles/{article}/file?target=ru")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "filename*=UTF-8''bac%20%C3%A0%20quai.ru.html" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert '<html lang="ru">' in answer.text and '<link rel="stylesheet" href="s.css">' in answer.text
    assert 'alt="Le bac"' not in answer.text
    untouched = served.get(f"/articles/{article}/file?target=ru&include=approved")
    assert 'alt="Le bac"' in untouched.text


def test_words_for_pictures_are_paragraphs_of_their_kind(served: Api) -> None:
    article = upload(served, PAGE, "a.html", targets="ru")
    paragraphs = served.get(f"/articles/{article}").get_json()["paragraphs"]
    kinds = {paragraph["text"]: paragraph["kind"] for paragraph in paragraphs}
    assert (kinds["Le bac"], kinds["Le bac à quai, dimanche."]) == ("alt", "byline")


def test_what_cannot_be_given_back_says_why(served: Api) -> None:
    pasted = served.store("Le chat dort sur le lit de la chambre.", targets=["ru"])
    assert served.get(f"/articles/{pasted}/file?target=ru").get_json()["type"] == "original-file-missing"
    article = upload(served, "# Le bac\n", "a.md", targets="ru", any_language="true")
    assert served.get(f"/articles/{article}/file?target=ko").get_json()["type"] == "target-unknown"
    assert served.get(f"/articles/{article}/file").status_code == 422
    assert served.get("/articles/none/file?target=ru").status_code == 404


def test_navigation_can_be_kept_or_brought_back(served: Api) -> None:
    def texts(article: str) -> list[str]:
        return [p["text"] for p in served.get(f"/articles/{article}").get_json()["paragraphs"]]

    article = upload(served, PAGE, "a.html", targets="ru")
    whole = upload(served, PAGE, "b.html", targets="ru", whole="true")
    assert "Mentions légales et conditions d’utilisation du site" not in texts(article)
    assert "Mentions légales et conditions d’utilisation du site" in texts(whole)
    served.work()
    report = served.post(f"/articles/{article}/source/whole", {})
    assert (report.status_code, bool(report.get_json()["changes"])) == (200, True)
    assert texts(article) == texts(whole)
