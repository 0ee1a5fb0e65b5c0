"""The file an article came from comes back in the target language, with the translations of now."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from docx import Document

from tests.factories import draft_all, make_source, store_article
from tests.fakes import FakeEngine
from tests.files import MARKDOWN, PAGE, SUBTITLES, WEBVTT, make_docx, make_epub, make_odt, unzipped
from webapp.domain import Fingerprint, ParagraphKind, State
from webapp.engine.base import Draft
from webapp.errors import ArticleNotFound, OriginalFileMissing, TargetUnknown
from webapp.exports.registry import Include
from webapp.services.articles import create_article, delete_article, get_document
from webapp.services.files import file_of_document, get_file, read_whole, translate_bytes, translated_file
from webapp.services.findings import list_findings
from webapp.services.review import edit_translation, set_state
from webapp.services.revising import update_source
from webapp.services.translate import translate_document
from webapp.storage.store import Store
from webapp.text.read import read_article

pytestmark = pytest.mark.slow  # real documents through processes of their own

LIMIT = 1 << 20
FILES = {
    "a.html": PAGE.encode(),
    "a.md": MARKDOWN.encode(),
    "a.srt": SUBTITLES.encode(),
    "a.vtt": WEBVTT.encode(),
    "a.docx": make_docx(),
    "a.odt": make_odt(),
    "a.epub": make_epub(),
    "a.txt": "Un titre\n\nBonjour à tous. Ça va ?\n".encode(),
}


def submit(store: Store, data: bytes, name: str, *, drafted: bool = True) -> str:
    source = read_article(data, file_name=name, max_bytes=LIMIT)
    with store.begin() as tx:
        article = create_article(tx, source, ("en", "ru"))
    if drafted:
        draft_all(store)
    return article


def back(store: Store, article: str, target: str = "ru", **more: Include) -> bytes:
    with store.read() as tx:
        return translated_file(tx, article, target, **more).data


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_comes_back_under_its_name_in_its_form(store: Store, name: str) -> None:
    article = submit(store, FILES[name], name)
    with store.read() as tx:
        file = translated_file(tx, article, "ru")
        count = get_document(tx, article).paragraph_count
    stem, _, ending = name.partition(".")
    assert file.name == f"{stem}.ru.{ending}"
    again = read_article(file.data, file_name=file.name, max_bytes=LIMIT, accept_any_language=True)
    assert len(again.paragraphs) == count
    assert all("[ru]" in paragraph.text for paragraph in again.paragraphs)


def test_bold_and_links_stand_around_the_same_words_in_the_translation(store: Store) -> None:
    page = back(store, submit(store, FILES["a.html"], "a.html")).decode()
    assert "[ru] Après <strong>trois mois</strong> de travaux" in page
    assert '<em>«un grand jour»</em> devant <a href="https://exemple.fr/quai">deux cents habitants</a><sup>1</sup>' in page
    assert "<code>bac --aller</code>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert '<a href="/">Accueil</a>' in page, "what was left out stays as it was"


def test_what_nobody_approved_stays_in_french_when_only_approved_text_is_wanted(store: Store) -> None:
    article = submit(store, FILES["a.md"], "a.md")
    with store.begin() as tx:
        sentence = get_document(tx, article).paragraphs[1].sentences[0]
        edit_translation(tx, article, sentence.id, "ru", "Паром возвращается", revision=None)
        set_state(tx, article, sentence.id, "ru", State.APPROVED)
    text = back(store, article, include=Include.APPROVED).decode()
    assert "# *Паром* возвращается" in text or "# Паром *возвращается*" in text
    assert "> Nous avons attendu cet instant." in text


def test_an_untranslated_article_comes_back_as_it_was(store: Store) -> None:
    article = submit(store, FILES["a.srt"], "a.srt", drafted=False)
    one_line = SUBTITLES.replace("Je voulais te dire\n<i>", "Je voulais te dire <i>")
    assert back(store, article).decode() == one_line


def test_an_edit_of_a_person_is_in_the_file_with_its_marks(store: Store) -> None:
    article = submit(store, FILES["a.docx"], "a.docx")
    with store.begin() as tx:
        lead = get_document(tx, article).paragraphs[2].sentences[0]
        edit_translation(tx, article, lead.id, "ru", "Паром в Kerlann вернулся.", revision=None)
    runs = Document(io.BytesIO(back(store, article))).paragraphs[2].runs
    assert "".join(run.text for run in runs) == "Паром в Kerlann вернулся."
    assert [run.text for run in runs if run.italic] == ["Kerlann"]


def test_a_correction_of_the_french_keeps_the_marks_of_what_stayed(store: Store) -> None:
    article = submit(store, FILES["a.md"], "a.md")
    corrected = read_article(FILES["a.md"], file_name="a.md", max_bytes=LIMIT).text.replace("trois mois", "quatre longs mois")
    with store.begin() as tx:
        update_source(tx, article, read_article(corrected, max_bytes=LIMIT))
    draft_all(store)
    text = back(store, article).decode()
    assert "de _Kerlann_ reprend `bac --aller` et [la mer]" in text
    assert "longs" in text


def test_a_correction_that_is_typed_does_not_forget_what_the_file_said_of_its_paragraphs(store: Store) -> None:
    article = submit(store, FILES["a.docx"], "a.docx", drafted=False)
    with store.begin() as tx:
        before = get_document(tx, article)
        text = "".join(p.text + p.separator for p in before.paragraphs).replace("lundi soir", "mardi soir")
        update_source(tx, article, read_article(text, max_bytes=LIMIT))
        after = get_document(tx, article)
    assert [p.kind for p in after.paragraphs] == [p.kind for p in before.paragraphs]
    assert "mardi soir" in after.paragraphs[10].text


def test_paragraphs_that_came_later_follow_and_removed_ones_are_gone(store: Store) -> None:
    article = submit(store, b"# Un titre\n\nLe premier paragraphe.\n\nLe second paragraphe.\n", "a.md")
    text = "Un titre\n\nLe premier paragraphe.\n\nUn nouveau paragraphe, plus long.\n"
    with store.begin() as tx:
        update_source(tx, article, read_article(text, max_bytes=LIMIT))
    draft_all(store)
    written = back(store, article).decode()
    assert "Le premier paragraphe." in written
    assert "Un nouveau paragraphe, plus long." in written
    assert "second" not in written


def test_one_step_brings_back_what_was_left_out_and_keeps_the_rest(store: Store) -> None:
    article = submit(store, FILES["a.html"], "a.html")
    with store.begin() as tx:
        before = get_document(tx, article)
        edit_translation(tx, article, before.paragraphs[0].sentences[0].id, "ru", "Паром", revision=None)
        facts = get_file(tx, article)
    assert facts is not None
    assert (facts.left_out, facts.whole) == (5, False)
    with store.read() as tx:
        source = read_whole(tx, article, max_bytes=LIMIT, max_file_bytes=LIMIT)
    with store.begin() as tx:
        update_source(tx, article, source)
    draft_all(store)
    with store.read() as tx:
        after, facts = get_document(tx, article), get_file(tx, article)
    assert after.paragraph_count == before.paragraph_count + 5
    assert facts is not None
    assert (facts.left_out, facts.whole) == (0, True)
    page = back(store, article).decode()
    assert "[ru] Mentions légales" in page
    assert "<h1>Паром</h1>" in page
    assert '<a href="https://exemple.fr/quai">deux cents habitants</a>' in page


def test_a_pasted_article_has_no_file(store: Store) -> None:
    article = store_article(store, make_source(), ("en",))
    with store.read() as tx:
        assert get_file(tx, article) is None
        with pytest.raises(OriginalFileMissing):
            translated_file(tx, article, "en")
        with pytest.raises(OriginalFileMissing):
            read_whole(tx, article, max_bytes=LIMIT, max_file_bytes=LIMIT)
        with pytest.raises(ArticleNotFound):
            translated_file(tx, "nothing", "en")


def test_a_language_the_article_is_not_translated_into_is_refused(store: Store) -> None:
    article = submit(store, FILES["a.md"], "a.md", drafted=False)
    with store.read() as tx, pytest.raises(TargetUnknown):
        translated_file(tx, article, "ko")


def test_the_file_goes_with_its_article(store: Store) -> None:
    article = submit(store, FILES["a.html"], "a.html", drafted=False)
    with store.begin() as tx:
        delete_article(tx, article)
        from webapp.storage.files_models import file_paragraphs, sentence_marks, source_files

        for table in (source_files, file_paragraphs, sentence_marks):
            assert tx.connection.execute(table.select()).all() == []


def test_without_a_database_the_same_file_comes_out(store: Store) -> None:
    source = read_article(FILES["a.docx"], file_name="a.docx", max_bytes=LIMIT)
    document = translate_document(FakeEngine(), source, ("ru",), links=True)
    alone = unzipped(file_of_document(source, document, "ru").data)
    kept = unzipped(back(store, submit(store, FILES["a.docx"], "a.docx")))
    assert alone["word/document.xml"] == kept["word/document.xml"]


def test_a_file_is_translated_at_once_without_being_kept() -> None:
    asked: list[str] = []

    def draft(sentences: Sequence[str]) -> list[Draft]:
        asked.extend(sentences)
        return [Draft(f"[ru] {sentence}", 0.5) for sentence in sentences]

    file = translate_bytes(FILES["a.html"], "page.html", "ru", draft, max_bytes=LIMIT, max_file_bytes=LIMIT)
    assert file.name == "page.ru.html"
    assert asked[0] == "Accueil", "all of the page"
    assert "[ru] Mentions légales" in file.data.decode()


class _Translating(FakeEngine):
    """Answers with texts that are given."""

    texts: dict[str, str] = {}  # noqa: RUF012  (set by the tests)

    def _draft(self, sentence: str, source: str, target: str, route: tuple[Fingerprint, ...]) -> Draft:  # type: ignore[override] # it asks itself for its texts
        return Draft(self.texts.get(sentence, sentence), 0.9, None, route)


def test_what_is_not_to_be_translated_is_put_back_into_the_draft(store: Store) -> None:
    engine = _Translating()
    engine.texts = {"Lancez bac --aller maintenant.": "Start the ferry now."}
    source = read_article(b"<p>Lancez <code>bac --aller</code> maintenant.</p>", file_name="a.html", max_bytes=LIMIT)
    with store.begin() as tx:
        article = create_article(tx, source, ("en",))
    draft_all(store, engine)
    with store.read() as tx:
        text = get_document(tx, article).paragraphs[0].sentences[0].translations["en"].text
    assert "bac --aller" in text


def test_a_mark_in_doubt_leaves_a_finding(store: Store) -> None:
    engine = _Translating()
    engine.texts = {"Le chat noir dort beaucoup ici.": "Somewhere animals rest."}
    source = read_article(b"<p>Le chat <b>noir</b> dort beaucoup ici.</p>", file_name="a.html", max_bytes=LIMIT)
    with store.begin() as tx:
        article = create_article(tx, source, ("en",))
    draft_all(store, engine)
    with store.read() as tx:
        found = [finding for finding in list_findings(tx, article) if finding.check == "markup"]
        sentence = get_document(tx, article).paragraphs[0].sentences[0]
    assert [finding.data["words"] for finding in found] == ["noir"]
    with store.begin() as tx:
        edit_translation(tx, article, sentence.id, "en", "The noir cat sleeps here a lot.", revision=None)
        assert not [finding for finding in list_findings(tx, article) if finding.check == "markup"]


def test_the_kinds_of_a_file_are_those_of_the_article(store: Store) -> None:
    article = submit(store, FILES["a.docx"], "a.docx", drafted=False)
    with store.read() as tx:
        kinds = [paragraph.kind for paragraph in get_document(tx, article).paragraphs]
    assert [kind.value for kind in kinds[:5]] == ["heading", "heading", "body", "item", "quote"]


def test_a_paragraph_that_comes_after_the_words_for_a_picture_is_no_part_of_them(store: Store) -> None:
    text = "# Le bac\n\nLe bac revient au port.\n\n![La mer calme](m.png)\n\nUn dernier mot.\n"
    article = submit(store, text.encode(), "a.md")
    with store.begin() as tx:
        french = "Le bac\n\nLe bac revient au port.\n\nLa mer calme\n\nUn mot nouveau de la mairie.\n\nUn dernier mot."
        update_source(tx, article, read_article(french, max_bytes=LIMIT, accept_any_language=True))
    draft_all(store)
    written = back(store, article).decode()
    assert "![\\[ru\\] La mer calme](m.png)" in written
    assert written.index("Le bac revient") < written.index("Un mot nouveau") < written.index("Un dernier mot")


def test_a_file_taken_before_words_for_pictures_were_read_still_comes_back(store: Store) -> None:
    source = read_article(PAGE.encode(), file_name="a.html", max_bytes=LIMIT)
    assert source.file is not None
    kept = [n for n, paragraph in enumerate(source.paragraphs) if paragraph.kind is not ParagraphKind.ALT]
    file = replace(source.file, blocks=tuple(source.file.blocks[n] for n in kept))
    with store.begin() as tx:
        older = replace(source, paragraphs=tuple(source.paragraphs[n] for n in kept), file=file)
        article = create_article(tx, older, ("en", "ru"))
    draft_all(store)
    page = back(store, article).decode()
    assert '<img src="bac.jpg" alt="Le bac"><figcaption>[ru] Le bac à quai, dimanche.</figcaption>' in page
    assert "<h2>[ru] Un chantier long</h2>" in page
