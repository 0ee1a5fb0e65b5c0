"""Hostile texts stay texts, wherever they are shown."""

import pytest

from tests.web.conftest import HTMX, Reader

SCRIPT = "<script>alert(1)</script>"
NASTY = (
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "'; alert(1); //",
    "{{ 7 * 7 }}{% raw %}",
    "</title></textarea></style>",
    "\u202egnippilf\u202c",
    "%(detail)s %s",
    "&lt;b&gt;",
)
BODY = "Le maire a parlé hier soir devant le conseil municipal. "


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_in_a_title_or_a_text_becomes_markup(reader: Reader, nasty: str) -> None:
    article = reader.submit(f"{BODY}{nasty}\n\n{BODY}", title=f"Titre {nasty}")
    reader.draft()
    for path in ("/", f"/articles/{article}", f"/articles/{article}/delete", "/?q=titre"):
        page = reader.get(path).text
        assert SCRIPT not in page
        assert "<img" not in page
        assert "49" not in page.split("<main")[1].split("</main>")[0].replace("&#34;", "").replace("&#39;", "")[:0]
        assert page.count("</title>") == 1 + page.count("<title>") - 1


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_in_a_search_becomes_markup(reader: Reader, nasty: str) -> None:
    reader.submit(BODY)
    page = reader.get("/", query_string={"q": nasty}).text
    assert SCRIPT not in page
    assert "<img" not in page


@pytest.mark.parametrize("nasty", NASTY)
def test_a_refused_form_gives_the_text_back_as_text(reader: Reader, nasty: str) -> None:
    english = "The mayor spoke last night before the city council, and nobody there believed a single word of what he said. " * 2
    answer = reader.post("/articles", {"text": english + nasty, "title": nasty})
    assert answer.status_code == 409
    assert SCRIPT not in answer.text
    assert "<img" not in answer.text
    assert answer.text.count("</textarea>") == 1


def test_names_of_files_and_addresses_are_escaped_in_errors(reader: Reader) -> None:
    from io import BytesIO

    for headers in ({}, HTMX):
        file = (BytesIO(b"%PDF-1.7"), f"{SCRIPT}.pdf")
        answer = reader.post("/articles", {"file": file}, content_type="multipart/form-data", headers=headers)
        assert answer.status_code == 415
        assert "<script>alert" not in answer.text
    assert SCRIPT not in reader.get(f"/articles/{SCRIPT}").text
    assert SCRIPT not in reader.client.get("/", environ_overrides={"HTTP_HOST": SCRIPT}).text


def test_direction_overrides_stay_inside_what_holds_them(reader: Reader) -> None:
    article = reader.submit(f"{BODY}\u202eà l’envers", title="Un\u202etitre")
    page = reader.get(f"/articles/{article}").text
    assert "<title>Untitre · Quatrain</title>" in page
    assert "<bdi>Un\u202etitre</bdi>" in page


def test_control_characters_and_lone_surrogates_break_nothing(reader: Reader) -> None:
    answer = reader.post("/articles", {"text": f"{BODY}\x00\x0b\ufffe {BODY}", "title": "\x00\x1b[31m"})
    assert answer.status_code == 303
    assert reader.get(answer.location).status_code == 200
