"""`quatrain memory` and `quatrain glossary`, as people and programs call them."""

from pathlib import Path

from tests.contracts.test_cli import call
from tests.factories import draft_all
from tests.unit.services.reviewing import source_of
from webapp.config import Settings
from webapp.services.articles import create_article, get_document
from webapp.services.review import edit_translation
from webapp.storage.memory_models import memory_entries
from webapp.storage.store import Store

TMX = (
    '<tmx version="1.4"><header srclang="fr"/><body><tu><tuv xml:lang="fr"><seg>Oui.</seg></tuv><tuv xml:lang="en">'
    '<seg>Yes.</seg></tuv></tu><tu><tuv xml:lang="de"><seg>Ja.</seg></tuv></tu></body></tmx>'
)


def test_the_memory_takes_files_counts_and_gives_them_back(tmp_path: Path) -> None:
    (tmp_path / "news.tmx").write_text(TMX, encoding="utf-8")
    data = tmp_path / "data"
    done = call("memory", "import", str(tmp_path / "news.tmx"), data_dir=data)
    assert (done.exit_code, done.output) == (
        0,
        "news.tmx: 2 read, 1 taken, 0 known already\n  left, no-french: 1 (number 2)\n",
    )
    assert call("memory", "stats", data_dir=data).output == "French sentences  1\nEnglish           1\n"
    out = tmp_path / "out.tmx"
    assert call("memory", "export", str(out), "--target", "en", data_dir=data).exit_code == 0
    assert "<seg>Yes.</seg>" in out.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    again = call("memory", "import", str(out), data_dir=data)
    assert "0 taken, 1 known already" in again.output


def test_what_cannot_be_taken_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "news.tmx").write_text("<html/>", encoding="utf-8")
    done = call("memory", "import", str(tmp_path / "news.tmx"), data_dir=tmp_path / "data")
    assert done.exit_code == 2 and done.stderr.startswith("quatrain: “news.tmx” cannot be taken")
    assert call("memory", "import", str(tmp_path / "none.tmx"), data_dir=tmp_path / "data").exit_code == 2
    assert call("memory", "export", str(tmp_path / "x.tmx"), "--target", "de", data_dir=tmp_path / "data").exit_code == 2


def test_what_was_approved_before_there_was_a_memory_is_remembered_when_asked(tmp_path: Path) -> None:
    store = Store.open(Settings(data_dir=tmp_path))
    with store.begin() as tx:
        article = create_article(tx, source_of("La ville attend une réponse."), ["en"])
    draft_all(store)
    with store.begin() as tx:
        sentence = get_document(tx, article).paragraphs[0].sentences[0].id
        edit_translation(tx, article, sentence, "en", "The town is waiting for an answer.", revision=None, approve=True)
        tx.connection.execute(memory_entries.delete())
    store.close()
    assert call("memory", "rebuild", data_dir=tmp_path).output == "1 translations are remembered.\n"


def test_the_glossary_takes_tables_and_gives_them_back(tmp_path: Path) -> None:
    table = tmp_path / "terms.csv"
    table.write_text("fr;en\npréfet;prefect\n;x\n", encoding="utf-8")
    data = tmp_path / "data"
    done = call("glossary", "import", str(table), data_dir=data)
    assert (done.exit_code, done.output) == (
        0,
        "terms.csv: 2 read, 1 taken, 0 known already\n  left, no-french: 1 (number 3)\n",
    )
    printed = call("glossary", "export", data_dir=data)
    assert printed.stdout.replace("\r\n", "\n") == "fr,policy,case,note,en,ru,ko\npréfet,translate,no,,prefect,,\n"
    assert call("glossary", "export", str(tmp_path / "out.csv"), data_dir=data).exit_code == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig") == printed.stdout.replace("\r\n", "\n")
    assert call("glossary", "import", "--article", "none", str(table), data_dir=data).exit_code == 2
