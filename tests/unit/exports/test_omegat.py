"""A project of OmegaT: what is in it, and that OmegaT itself, where it is installed, finds every sentence and its translation."""

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from tests.unit.exports.samples import draft, sample
from webapp.domain import Document, DocumentParagraph, DocumentSentence, Origin, ParagraphKind, State, Translation
from webapp.exports.omegat import render
from webapp.text.tmx import read_tmx

FRENCH = ("« Bonjour », dit-elle.", "Il part & <revient>.", "Il reste.", "Il dort.", "Encore.")
VERSIONS = (
    Translation("“Hello,” she said.", State.APPROVED, Origin.HUMAN),
    Translation("He leaves & <returns>.", State.TRANSLATED, Origin.MT_EDITED),
    draft("He stays."),
    Translation("He slept.", State.APPROVED, Origin.HUMAN, stale=True),
    Translation("Again.", State.REJECTED, Origin.MT),
)


def article(target: str = "en") -> Document:
    sentences = [DocumentSentence(n % 2, t, " ", {target: v}) for n, (t, v) in enumerate(zip(FRENCH, VERSIONS, strict=True))]
    paragraphs = [DocumentParagraph(n, ParagraphKind.BODY, tuple(sentences[2 * n : 2 * n + 2])) for n in range(3)]
    foreign = DocumentParagraph(3, ParagraphKind.BODY, (DocumentSentence(0, "To be or not to be.", "", {}),), language="en")
    return replace(sample(), id="abc", targets=(target,), paragraphs=(*paragraphs, foreign))


def unpacked(document: Document, folder: Path) -> Path:
    with ZipFile(BytesIO(render(document))) as archive:
        archive.extractall(folder)
    (project,) = folder.iterdir()
    return project


def pairs(path: Path) -> list[tuple[str, str]]:
    return [
        ("".join(unit[0].itertext()).strip(), "".join(unit[1].itertext()).strip())
        for unit in ET.parse(path).getroot().iter("tu")  # noqa: S314  (our own file)
    ]


def test_what_people_wrote_is_translated_and_drafts_are_a_machines_suggestions(tmp_path: Path) -> None:
    project = unpacked(article(), tmp_path)
    assert project.name == "abc-en"
    assert pairs(project / "omegat" / "project_save.tmx") == [
        (FRENCH[0], "“Hello,” she said."),
        (FRENCH[1], "He leaves & <returns>."),
    ]
    assert pairs(project / "tm" / "mt" / "drafts.tmx") == [(FRENCH[2], "He stays.")]


def test_the_french_stands_sentence_by_sentence_and_nothing_else_does(tmp_path: Path) -> None:
    text = (unpacked(article(), tmp_path) / "source" / "article.txt").read_text("utf-8")
    assert text == "\n\n\n".join(["\n\n".join(FRENCH[:2]), "\n\n".join(FRENCH[2:4]), FRENCH[4]]) + "\n"


def test_it_is_a_whole_project_with_its_languages(tmp_path: Path) -> None:
    project = unpacked(article("ko"), tmp_path)
    settings = {one.tag: one.text for one in ET.parse(project / "omegat.project").getroot()[0]}  # noqa: S314  (our own file)
    assert (settings["source_lang"], settings["target_lang"]) == ("fr-FR", "ko-KR")
    assert settings["target_tok"] == "org.omegat.tokenizer.LuceneCJKTokenizer"
    folders = {str(path.relative_to(project)) for path in project.rglob("*") if path.is_dir()}
    assert folders == {"source", "target", "omegat", "tm", "tm/mt", "glossary", "dictionary"}


def test_the_same_article_gives_the_same_file() -> None:
    assert render(article()) == render(article())


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("omegat"), reason="OmegaT is not installed: apt-get install omegat")
@pytest.mark.parametrize("target", ["en", "ru", "ko"])
def test_omegat_finds_every_sentence_and_gives_back_what_was_translated(tmp_path: Path, target: str) -> None:
    project = unpacked(article(target), tmp_path)
    command = [
        "omegat",
        str(project),
        "--mode=console-translate",
        "--disable-project-locking",
        f"--config-dir={tmp_path / 'home'}",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    counts = (project / "omegat" / "project_stats.txt").read_text("utf-8")
    assert [re.findall(rf"^{row}:\s+(\d+)", counts, re.MULTILINE)[0] for row in ("Total", "Remaining")] == ["5", "3"]
    written = (project / "target" / "article.txt").read_text("utf-8").split("\n")
    assert [line for line in written if line] == [VERSIONS[0].text, VERSIONS[1].text, *FRENCH[2:]]
    for name in ("omegat", "level1", "level2"):
        with (project / f"abc-{target}-{name}.tmx").open("rb") as stream:
            assert len(list(read_tmx(stream, name))) == 2, name
