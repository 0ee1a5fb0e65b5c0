"""Pairs are read out of Debian's packages without their markup, and only plausible ones."""

import json
import re
from pathlib import Path

import pytest

from training.debian import extract, packages, pairs


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("_Ouvrir le <b>fichier</b>", "Ouvrir le fichier"),
        ("&Open…", "Open…"),
        ("파일(_F) 열기", "파일 열기"),
        ("Tom &amp; Anna", "Tom & Anna"),
        ("a\u00a0b\n c", "a b c"),
    ],
)
def test_markup_and_accelerators_go(raw: str, text: str) -> None:
    assert pairs.clean(raw) == text


def test_texts_are_cut_into_sentences_but_not_after_abbreviations() -> None:
    assert pairs.sentences("Ask Dr. Smith. He knows e.g. Latin. Really?") == ["Ask Dr. Smith.", "He knows e.g. Latin.", "Really?"]


def test_texts_with_as_many_sentences_are_paired_one_by_one() -> None:
    assert list(pairs.cut("One. Two.", "Un. Deux.")) == [("One.", "Un."), ("Two.", "Deux.")]
    assert list(pairs.cut("One. Two.", "Un et deux.")) == [("One. Two.", "Un et deux.")]


@pytest.mark.parametrize(
    ("english", "other", "language", "good"),
    [
        ("Open the file", "Ouvrir le fichier", "fr", True),
        ("Open the file", "Открыть файл", "ru", True),
        ("Open the file", "Open the file", "ru", False),
        ("Open the file in a new window of the program", "Ouvrir", "fr", False),
        ("see https://example.org for it", "voir https://example.org", "fr", False),
        ("a_b = foo()", "a_b = foo()", "fr", False),
    ],
)
def test_what_cannot_be_a_translation_is_dropped(english: str, other: str, language: str, good: bool) -> None:
    assert pairs.plausible(english, other, language) is good


def test_a_source_catalogue_is_read_without_its_fuzzy_entries(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"
    path.write_text(
        'msgid ""\nmsgstr "Language: fr"\n\nmsgid "Save the file"\nmsgstr "Enregistrer "\n"le fichier"\n\n'
        '#, fuzzy\nmsgid "Print"\nmsgstr "Ouvrir"\n',
        encoding="utf-8",
    )
    assert list(pairs.harvest(tmp_path, "fr")) == [("Save the file", "Enregistrer le fichier")]


def test_message_files_are_paired_by_their_keys(tmp_path: Path) -> None:
    for language, text in (("en", "Log in to the site"), ("fr", "Se connecter au site")):
        (tmp_path / f"{language}.json").write_text(json.dumps({"user": {"login": text}}), encoding="utf-8")
    assert list(pairs.harvest(tmp_path, "fr")) == [("Log in to the site", "Se connecter au site")]


def test_pages_are_paired_when_they_have_the_same_blocks(tmp_path: Path) -> None:
    texts = {
        "C": ["Help", "Press the key.", "Close the window.", "Open it."],
        "fr": ["Aide", "Appuyez.", "Fermez-la.", "Ouvrez."],
    }
    for folder, blocks in texts.items():
        (tmp_path / "help" / folder).mkdir(parents=True)
        page = "<page><title>{}</title><p>{}</p><p>{}</p><p>{}</p></page>".format(*blocks)
        (tmp_path / "help" / folder / "index.page").write_text(page, encoding="utf-8")
    assert ("Close the window.", "Fermez-la.") in list(pairs.harvest(tmp_path, "fr"))


def test_packages_with_translations_are_picked() -> None:
    contents = [
        "usr/share/locale/fr/LC_MESSAGES/a.mo      editors/a",
        "usr/share/locale/de/LC_MESSAGES/a.mo      editors/a",
        "usr/share/help/fr/b/index.page            gnome/b,gnome/b-dev",
        "usr/share/man/fr/man1/c.1.po              doc/c",
    ]
    known = packages.sizes(["Package: a", "Size: 10", "Package: b", "Size: 20", "Package: b-dev", "Size: 5"])
    found = packages.candidates(packages.translated_files(contents, ["fr"]), known)
    assert [row.name for row in found] == ["a", "b"]


def test_only_alignable_files_are_kept_and_none_outside_the_folder() -> None:
    keep = extract.wanted(["fr"])
    kept = [
        "/usr/share/locale/fr/LC_MESSAGES/a.mo",
        "/usr/share/help/C/a/i.page",
        "/usr/share/help/fr/a/i.page",
        "/srv/i18n/fr.json",
    ]
    assert all(keep.search(path) for path in kept)
    assert not re.search(keep, "/usr/share/locale/de/LC_MESSAGES/a.mo")
    assert extract.safe("./usr/a") is not None
    assert extract.safe("../etc/passwd") is None
