"""`quatrain translate FILE.docx --to ru -o OUT.docx`: the document itself in another language."""

import io
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from tests.fakes import FakeEngine
from tests.files import MARKDOWN, PAGE, SUBTITLES, make_docx, make_epub, make_odt
from webapp.cli.group import quatrain
from webapp.text.read import read_article

FILES = {
    "a.html": PAGE.encode(),
    "a.md": MARKDOWN.encode(),
    "a.srt": SUBTITLES.encode(),
    "a.docx": make_docx(),
    "a.odt": make_odt(),
    "a.epub": make_epub(),
}


class Engine(FakeEngine):
    """The fake engine in the place of the real one."""

    def __init__(self, packages: object, settings: object) -> None:
        super().__init__()

    def close(self) -> None:
        """Nothing was loaded."""


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.engine.translator.ArgosEngine", Engine)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def call(folder: Path, *words: str, **settings: str) -> Result:
    environment: dict[str, str | None] = {name: None for name in os.environ if name.startswith("QUATRAIN_")}
    environment |= {"QUATRAIN_DATA_DIR": str(folder / "data"), **settings}
    return CliRunner().invoke(quatrain, list(words), env=environment, prog_name="quatrain")


@pytest.mark.parametrize("name", FILES)
def test_an_output_that_ends_as_the_file_does_is_the_file_in_the_other_language(folder: Path, name: str) -> None:
    out = folder / f"out.{name.partition('.')[2]}"
    result = call(folder, "translate", str(folder / name), "--to", "ru", "-o", str(out))
    assert result.exit_code == 0, result.output
    again = read_article(out.read_bytes(), file_name=out.name, max_bytes=1 << 20, accept_any_language=True)
    assert all("[ru]" in paragraph.text for paragraph in again.paragraphs)


def test_the_format_same_writes_to_standard_output(folder: Path) -> None:
    result = call(folder, "translate", str(folder / "a.docx"), "--to", "ko", "-f", "same")
    assert result.exit_code == 0, result.output
    assert Document(io.BytesIO(result.stdout_bytes)).paragraphs[0].text == "[ko] Le bac revient à quai"


def test_other_formats_are_made_of_documents_as_of_texts(folder: Path) -> None:
    out = folder / "side.html"
    assert call(folder, "translate", str(folder / "a.docx"), "--to", "en", "-o", str(out)).exit_code == 0
    assert "Le bac revient à quai" in out.read_text("utf-8")
    forced = call(folder, "translate", str(folder / "a.html"), "--to", "en", "-f", "json")
    assert '"title": "Le bac revient à quai"' in forced.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("a.docx", "-o", "b.docx"), "name one of en, ru, ko"),
        (("a.docx", "--to", "en,ru", "-f", "same"), "name one of en, ru"),
        (("-", "--to", "en", "-f", "same"), "its kind cannot be told"),
    ],
)
def test_what_cannot_be_one_document_is_said_before_anything_is_read(folder: Path, words: tuple[str, ...], said: str) -> None:
    at = [str(folder / word) if word.startswith(("a.", "b.")) else word for word in words]
    result = call(folder, "translate", *at)
    assert result.exit_code == 2
    assert said in result.output
    assert not (folder / "b.docx").exists()


def test_a_damaged_document_is_one_line_and_the_exit_code_of_bad_input(folder: Path) -> None:
    (folder / "a.docx").write_bytes(make_docx()[:3000])
    result = call(folder, "translate", str(folder / "a.docx"), "--to", "en", "-o", str(folder / "b.docx"))
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "a.docx" in result.output


def test_the_size_of_documents_is_bounded_by_its_own_setting(folder: Path) -> None:
    sizes = {"QUATRAIN_MAX_FILE_BYTES": "2000", "QUATRAIN_MAX_ARTICLE_BYTES": "100000"}
    result = call(folder, "translate", str(folder / "a.docx"), "--to", "en", "-f", "same", **sizes)
    assert result.exit_code == 2
    small = {"QUATRAIN_MAX_ARTICLE_BYTES": "5000"}
    assert call(folder, "translate", str(folder / "a.docx"), "--to", "en", "-f", "same", **small).exit_code == 0
