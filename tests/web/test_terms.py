"""The memory and the glossary on the pages: shown in the open sentence, kept on pages of their own, filled from files."""

from io import BytesIO
from typing import Any

from tests.web.conftest import HTMX, Reader
from webapp.domain import State
from webapp.services.articles import get_document
from webapp.services.glossary import list_terms
from webapp.services.memory import count_entries
from webapp.services.review import edit_translation

ONE = "Le préfet a parlé hier soir devant le conseil. La ville attend une réponse."
OTHER = "Le préfet a parlé hier matin devant le conseil. La ville attend une réponse."
TMX = """<?xml version="1.0"?><tmx version="1.4"><header srclang="fr-FR"/><body><tu><tuv xml:lang="fr-FR"><seg>La ville attend
une réponse.</seg></tuv><tuv xml:lang="en-GB"><seg>The town is waiting.</seg></tuv></tu><tu><tuv xml:lang="de"><seg>Nein.</seg>
</tuv></tu></body></tmx>"""


def sentence(reader: Reader, article: str, number: int = 0) -> Any:
    with reader.context.store.read() as tx:
        return [s for p in get_document(tx, article).paragraphs for s in p.sentences][number]


def address(reader: Reader, article: str, number: int = 0, target: str = "en") -> str:
    return f"/articles/{article}/sentences/{sentence(reader, article, number).id}/{target}"


def approve(reader: Reader, article: str, number: int, text: str, target: str = "en") -> None:
    with reader.context.store.begin() as tx:
        edit_translation(tx, article, sentence(reader, article, number).id, target, text, revision=None, who="Anne", approve=True)


def drafted(reader: Reader, text: str, title: str = "Un titre") -> str:
    article = reader.submit(text, title=title)
    reader.draft()
    return article


def send_raw(reader: Reader, text: str) -> Any:
    """Sends a file in a body made by hand: the test client leaves the temporary file of a large one open."""
    part = '--x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    parts = (part.format("csrf_token", "", reader.token()), part.format("file", '; filename="big.tmx"', text), "--x--\r\n")
    kind = "multipart/form-data; boundary=x"
    return reader.client.post("/memory/import", data="".join(parts).encode(), content_type=kind)


# --- the memory -------------------------------------------------------------------------------------------------------


def test_the_open_sentence_tells_how_near_the_memory_comes_and_shows_it(reader: Reader) -> None:
    approve(reader, drafted(reader, ONE, "Le conseil"), 0, "The prefect spoke to the council last night.")
    article = drafted(reader, OTHER, "Un autre")
    assert "Memory (91%)" in reader.text(address(reader, article), headers=HTMX)
    drawer = reader.text(f"{address(reader, article)}/memory", headers=HTMX)
    assert "The prefect spoke to the council last night." in drawer
    assert "<del>soir</del>" in drawer and "<ins>matin</ins>" in drawer
    assert "Le conseil" in drawer and "Anne" in drawer
    assert "Memory (" not in reader.text(address(reader, article, 1), headers=HTMX)


def test_a_match_that_is_taken_unchanged_says_so_and_one_that_is_changed_is_a_persons(reader: Reader) -> None:
    approve(reader, drafted(reader, ONE), 1, "The town is waiting.")
    article = drafted(reader, ONE)
    number = reader.text(f"{address(reader, article, 1)}/memory", headers=HTMX).split('name="memory" value="')[1].split('"')[0]
    sent = {"memory": number, "text": "The town is waiting.", "do": "save-stay", "revision": "1"}
    assert reader.post(address(reader, article, 1), sent).status_code == 303
    taken = sentence(reader, article, 1).translations["en"]
    assert (taken.text, taken.origin, taken.state) == ("The town is waiting.", "memory", State.TRANSLATED)
    sent |= {"text": "The town waits.", "revision": "2"}
    reader.post(address(reader, article, 1), sent)
    assert sentence(reader, article, 1).translations["en"].origin == "human"


def test_the_memory_page_lists_finds_and_forgets(reader: Reader) -> None:
    assert "Nothing is remembered yet" in reader.text("/memory")
    approve(reader, drafted(reader, ONE), 1, "The town is waiting.")
    page = reader.text("/memory?q=town")
    assert "La ville attend une réponse." in page and "1 French sentence" in page
    assert "Nothing in the memory holds these words" in reader.text("/memory?q=village")
    entry = page.split('id="e')[1].split('"')[0]
    assert reader.post(f"/memory/{entry}/delete").status_code == 303
    assert "The town is waiting." not in reader.text("/memory")
    assert reader.post(f"/memory/{entry}/delete").status_code == 404


def test_a_tmx_file_fills_the_memory_and_what_was_left_is_told(reader: Reader) -> None:
    answer = reader.post("/memory/import", {"file": (BytesIO(TMX.encode()), "vieux.tmx")})
    assert answer.status_code == 200
    assert "vieux.tmx" in answer.text and "1 taken" in answer.text and "without French" in answer.text
    article = drafted(reader, ONE)
    assert "from the file vieux.tmx" in reader.text(f"{address(reader, article, 1)}/memory", headers=HTMX)
    file = reader.get("/memory/quatrain.tmx?target=en")
    assert file.mimetype == "application/x-tmx" and "The town is waiting." in file.text


def test_a_file_that_is_no_tmx_takes_nothing_and_says_why(reader: Reader) -> None:
    for data, words in ((b"bonjour", "cannot be taken"), (b'<!DOCTYPE x [<!ENTITY a "b">]><tmx/>', "entities"), (b"", "cannot")):
        answer = reader.post("/memory/import", {"file": (BytesIO(data), "x.tmx")})
        assert answer.status_code == 422 and words in answer.text
    assert reader.post("/memory/import").status_code == 422
    with reader.context.store.read() as tx:
        assert count_entries(tx).entries == 0


def test_a_file_may_be_larger_than_an_article_but_not_without_end(make_reader: Any) -> None:
    reader = make_reader(max_article_bytes=1000, max_import_bytes=3_000_000)
    filler = "<!-- " + "x" * 2_000_000 + " -->"
    assert send_raw(reader, TMX.replace("<body>", f"<body>{filler}")).status_code == 200
    answer = send_raw(reader, TMX.replace("<body>", f"<body>{filler}{filler}"))
    assert answer.status_code == 413 and "QUATRAIN_MAX_IMPORT_BYTES" in answer.text


# --- the glossary -----------------------------------------------------------------------------------------------------


def test_a_term_is_added_changed_and_deleted_on_its_pages(reader: Reader) -> None:
    term = {"source": "préfet", "en": "prefect | the prefect", "ko": "지사", "policy": "translate", "note": "pas maire"}
    assert reader.post("/glossary", term).status_code == 303
    page = reader.text("/glossary?q=prefet")
    assert "prefect" in page and "지사" in page and "pas maire" in page and "1 term" in page
    again = reader.post("/glossary", term)
    assert again.status_code == 409 and "holds this term already" in again.text and 'value="préfet"' in again.text
    number = page.split("/glossary/")[1].split('"')[0]
    assert 'value="prefect | the prefect"' in reader.text(f"/glossary/{number}")
    assert reader.post(f"/glossary/{number}", term | {"en": "governor"}).status_code == 303
    assert "governor" in reader.text("/glossary")
    assert reader.post(f"/glossary/{number}", {"delete": "1", "source": ""}).status_code == 303
    assert "There is no term yet" in reader.text("/glossary")
    assert reader.get(f"/glossary/{number}").status_code == 404
    assert reader.wakes[0] >= 3


def test_what_is_no_term_is_given_back_with_the_reason(reader: Reader) -> None:
    answer = reader.post("/glossary", {"source": "préfet", "policy": "translate", "note": "à voir"})
    assert answer.status_code == 422 and "at least one target" in answer.text and 'value="à voir"' in answer.text


def test_a_term_from_the_open_sentence_is_checked_at_once(reader: Reader) -> None:
    article = drafted(reader, ONE)
    opened = reader.text(address(reader, article), headers=HTMX)
    assert "data-terms" not in opened and "The glossary asks" not in opened
    sent = {"source": "préfet", "en": "prefect", "policy": "translate", "here": "1"}
    answer = reader.post(f"{address(reader, article)}/glossary", sent, headers=HTMX).text
    assert 'data-terms="3-9"' in answer
    assert "The glossary asks for “prefect” where the French has “préfet”." in answer
    assert "is missing" in answer and "Added to the glossary." in answer
    with reader.context.store.read() as tx:
        assert list_terms(tx).total == 0
        assert list_terms(tx, article_id=article).total == 1
    assert "préfet" in reader.text(f"/glossary?article={article}")
    approve(reader, article, 0, "The prefect spoke last night to the council.")
    assert "is there" in reader.text(f"{address(reader, article)}/glossary", headers=HTMX)


def test_a_term_that_is_known_leaves_the_open_sentence_as_it_is(reader: Reader) -> None:
    article = drafted(reader, ONE)
    sent = {"source": "préfet", "en": "prefect", "policy": "translate"}
    reader.post(f"{address(reader, article)}/glossary", sent, headers=HTMX)
    answer = reader.post(f"{address(reader, article)}/glossary", sent, headers=HTMX)
    assert answer.status_code == 409 and "holds this term already" in answer.text


def test_without_a_script_a_term_is_added_by_its_form(reader: Reader) -> None:
    article = drafted(reader, ONE)
    page = reader.text(f"/articles/{article}?open={sentence(reader, article).id}-en&drawer=glossary")
    assert 'id="add-term"' in page
    sent = {"source": "conseil", "en": "council", "policy": "translate"}
    answer = reader.post(f"{address(reader, article)}/glossary", sent)
    assert answer.status_code == 303 and "drawer=glossary" in answer.location


def test_a_table_of_terms_is_taken_and_given_back(reader: Reader) -> None:
    table = "français;anglais;note\npréfet;prefect | the prefect;\nmaire;;\n;mayor;\n"
    answer = reader.post("/glossary/import", {"file": (BytesIO(table.encode()), "termes.csv")})
    assert "1 taken" in answer.text and "without French" in answer.text
    assert "préfet,translate,no,,prefect | the prefect,," in reader.get("/glossary/glossary.csv").text
    changed = "fr,en\npréfet,governor\n"
    answer = reader.post("/glossary/import", {"file": (BytesIO(changed.encode()), "termes.csv")})
    assert "which says otherwise" in answer.text
    answer = reader.post("/glossary/import", {"file": (BytesIO(changed.encode()), "termes.csv"), "replace": "1"})
    assert "1 changed" in answer.text and "governor" in reader.text("/glossary")
