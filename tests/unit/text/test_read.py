"""From bytes or pasted text to an article."""

import pytest

from webapp.domain import ParagraphKind
from webapp.errors import (
    ArticleTooLarge,
    EmptyArticle,
    EncodingUnreadable,
    FileNotWhatItSays,
    FileTypeUnsupported,
    LanguageUnclear,
)
from webapp.text.read import read_article, shorten

LIMIT = 1 << 20
TEXT = (
    "Le retour du loup\nLes bergers comptent leurs bêtes : « Ça coûte cher », dit l’un d’eux, à l’orée du bois. Son frère a déjà "
    "perdu 12 brebis.\nUn hiver à découvert\nLa préfecture a prévu une aide de 1 500 €, versée dès Noël. L’éleveur, ému, espère "
    "qu’elle suffira à sauver le cœur du troupeau…\nThe wolf has come back to the valley, and the farmers are worried about it."
)
SHORT = "Élu à 51,2 %, le député a remercié ses électeurs."
ENGLISH = "The farmers of the valley are counting their sheep, and they say that the wolf has come back to stay with them. " * 3


@pytest.mark.parametrize("text", [TEXT, SHORT, "Déjà vu à Noël", "ÉLECTIONS À RENNES", "« Ça va » — déjà"])
@pytest.mark.parametrize(
    ("codec", "names"),
    [
        ("utf-8", {"utf-8"}),
        ("utf-8-sig", {"utf-8"}),
        ("utf-16", {"utf-16"}),
        ("utf-16-le", {"utf-16-le"}),
        ("utf-16-be", {"utf-16-be"}),
        ("utf-32", {"utf-32"}),
        ("cp1252", {"windows-1252", "iso-8859-1"}),
        ("iso8859-15", {"iso-8859-15", "iso-8859-1"}),
        ("latin-1", {"iso-8859-1"}),
        ("mac-roman", {"macintosh"}),
        ("cp850", {"ibm850"}),
    ],
)
def test_french_comes_out_right_from_every_encoding_it_is_found_in(text: str, codec: str, names: set[str]) -> None:
    if codec in {"latin-1", "iso8859-15", "cp850"}:  # they have no curly apostrophe, dash, ellipsis, some no euro and œ
        text = text.translate({ord("’"): "'", ord("…"): "...", ord("—"): "-"})
    if codec in {"latin-1", "cp850"}:
        text = text.translate({ord("œ"): "oe", ord("€"): "euros"})
    article = read_article(text.encode(codec), max_bytes=LIMIT)
    assert article.text == text
    assert article.encoding in names


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_article(b"\xef\xbb\xbfBonjour \xc3\xa0 tous.", max_bytes=LIMIT).text == "Bonjour à tous."
    assert read_article("\ufeffBonjour.", max_bytes=LIMIT).text == "Bonjour."


@pytest.mark.parametrize(
    ("text", "codec", "language"),
    [
        ("Городской совет собрался в понедельник вечером, чтобы обсудить бюджет города. " * 3, "cp1251", "ru"),
        ("시의회는 월요일 저녁 시 예산을 논의하기 위해 모였다. " * 3, "euc-kr", "ko"),
    ],
)
def test_other_languages_in_old_encodings_are_read_and_then_asked_about(text: str, codec: str, language: str) -> None:
    with pytest.raises(LanguageUnclear) as caught:
        read_article(text.encode(codec), max_bytes=LIMIT)
    assert caught.value.data["language"] == language


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00word/document.xml",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1\\ansi Bonjour}",
        b"\x1f\x8b\x08\x00",
        b"<?xml version='1.0'?><a/>",
    ],
)
def test_a_file_that_is_no_plain_text_is_refused_whatever_its_name_says(data: bytes) -> None:
    with pytest.raises(FileTypeUnsupported, match=r"article\.txt"):
        read_article(data, file_name="article.txt", max_bytes=LIMIT)
    with pytest.raises(FileTypeUnsupported):
        read_article(data, max_bytes=LIMIT)


@pytest.mark.parametrize("name", ["a.DOC", "a.pdf", "a.b.png", "a.zip", "a.argosmodel", "a.json"])
def test_a_file_with_the_name_of_a_kind_that_is_not_read_is_refused(name: str) -> None:
    with pytest.raises(FileTypeUnsupported) as caught:
        read_article(b"Bonjour.", file_name=name, max_bytes=LIMIT)
    assert caught.value.data["name"] == name


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
def test_a_text_that_calls_itself_a_document_is_refused(name: str) -> None:
    with pytest.raises(FileNotWhatItSays, match=name):
        read_article(b"Bonjour.", file_name=name, max_bytes=LIMIT)


def test_a_page_that_calls_itself_a_text_is_refused() -> None:
    with pytest.raises(FileNotWhatItSays, match=r"article\.txt"):
        read_article(b"  <!DOCTYPE html><html><p>Bonjour</p></html>", file_name="article.txt", max_bytes=LIMIT)


@pytest.mark.parametrize("name", [None, "", "a.txt", "a.TXT", "article", "article-1.fr", "notes.md", "3.5", ".txt"])
def test_a_text_with_another_name_or_none_is_read(name: str | None) -> None:
    assert read_article(b"Bonjour.", file_name=name, max_bytes=LIMIT).text == "Bonjour."


@pytest.mark.parametrize(
    "data",
    [
        b"Bonjour\x00 tout le monde.",
        b"\x00\x01\x02\x03" * 50,
        bytes(range(1, 32)) * 20,
        b"\xff\xfeB",
        "L’été à Noël, déjà vu, c’était hier. ".encode() * 4 + b"\xe9t\xe9",
        "L’été à Noël, déjà vu, c’était hier. ".encode() * 4 + b"\xe2\x80",
    ],
    ids=["a NUL", "NULs", "control characters", "half of UTF-16", "UTF-8 with Latin-1 in it", "UTF-8 cut off"],
)
def test_bytes_that_are_no_text_in_one_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(EncodingUnreadable):
        read_article(data, max_bytes=LIMIT)


def test_control_characters_in_pasted_text_never_reach_the_article() -> None:
    article = read_article("Bon\x00jour\x07 à\x1b tous\ud800.", title="Un\x00 titre", max_bytes=LIMIT)
    assert article.text == "Bonjour à tous\ufffd."
    assert article.title == "Un titre"


@pytest.mark.parametrize("data", ["", b"", "  \n\u00a0\n", "\u200b", "…", "***\n---", "\x00", b"\xef\xbb\xbf", "🎉"])
def test_an_article_without_letters_or_figures_is_empty(data: bytes | str) -> None:
    with pytest.raises(EmptyArticle):
        read_article(data, max_bytes=LIMIT)


@pytest.mark.parametrize("data", ["é" * 51, ("é" * 51).encode()])
def test_the_limit_counts_the_bytes_of_utf_8(data: bytes | str) -> None:
    with pytest.raises(ArticleTooLarge) as caught:
        read_article(data, max_bytes=101)
    assert caught.value.data == {"size_bytes": 102, "limit_bytes": 101}
    assert read_article(data, max_bytes=102).text == "é" * 51


def test_the_size_is_checked_before_anything_else() -> None:
    with pytest.raises(ArticleTooLarge):
        read_article(b"PK\x03\x04" * 100, max_bytes=10)


def test_an_article_that_is_clearly_not_french_is_a_question() -> None:
    with pytest.raises(LanguageUnclear) as caught:
        read_article(ENGLISH, max_bytes=LIMIT)
    assert caught.value.data["language"] == "en"


def test_the_question_can_be_answered_with_translate_anyway() -> None:
    article = read_article(
        f"{ENGLISH}\n\nМинистр заявил, что переговоры прошли успешно.", max_bytes=LIMIT, accept_any_language=True
    )
    assert article.language == "en"
    assert [paragraph.language for paragraph in article.paragraphs] == [None, "ru"]


def test_a_headline_alone_is_never_refused() -> None:
    article = read_article("Trump meets Kim in Singapore", max_bytes=LIMIT)
    assert (article.language, article.title) == (None, "Trump meets Kim in Singapore")


def test_paragraphs_in_another_language_carry_it() -> None:
    article = read_article(TEXT, max_bytes=LIMIT)
    assert article.language == "fr"
    assert [paragraph.language for paragraph in article.paragraphs] == [None, None, None, None, "en"]


@pytest.mark.parametrize(
    ("data", "given", "title"),
    [
        (TEXT, "  Mon\n titre\t ", "Mon titre"),
        (TEXT, None, "Le retour du loup"),
        (TEXT, " \n", "Le retour du loup"),
        ("# Le loup\n\nIl est revenu.", None, "Le loup"),
        ("FAITS DIVERS\nLe loup est revenu\nIl a pris deux brebis.", None, "Le loup est revenu"),
        ("LE LOUP REVIENT EN VILLE\nUn choc pour les bergers\nIl a pris deux brebis.", None, "LE LOUP REVIENT EN VILLE"),
        ("Il est revenu hier.\nUn intertitre\nLes bergers comptent leurs bêtes, dit-on.", None, "Un intertitre"),
        ("Il est revenu hier. Les bergers comptent leurs bêtes.", None, "Il est revenu hier."),
        ("…\n\nIl est revenu.", None, "Il est revenu."),
        (
            "Les bergers des hauts plateaux comptent leurs bêtes depuis que deux meutes, venues du sud, se sont installées.",
            None,
            "Les bergers des hauts plateaux comptent leurs bêtes depuis que deux meutes…",
        ),
        ("Il est revenu.", "x" * 400, "x" * 299 + "…"),
    ],
)
def test_the_title_is_the_one_given_or_the_first_heading_or_the_first_sentence(data: str, given: str | None, title: str) -> None:
    assert read_article(data, title=given, max_bytes=LIMIT).title == title


def test_a_shortened_text_is_never_longer_than_asked() -> None:
    for length in range(5, 60):
        assert len(shorten("Les bergers des hauts plateaux comptent, recomptent et recomptent leurs bêtes.", length)) <= length


def test_kinds_and_sentences_are_those_of_the_article() -> None:
    article = read_article(TEXT, max_bytes=LIMIT)
    assert [paragraph.kind for paragraph in article.paragraphs] == [
        *(ParagraphKind.HEADING, ParagraphKind.BODY) * 2,
        ParagraphKind.BODY,
    ]
    assert article.sentence_count == 7


def test_a_short_text_whose_paragraphs_are_clearly_english_is_a_question_too() -> None:
    english = "The mayor is happy about it, she said on Tuesday evening after the meeting of the council."
    for text in (english, f"Bonjour.\n\n{english}"):
        with pytest.raises(LanguageUnclear) as caught:
            read_article(text, max_bytes=10_000)
        assert caught.value.data["language"] == "en"
    assert read_article(english, max_bytes=10_000, accept_any_language=True).paragraphs
    french = "Le maire s’en est réjoui mardi soir, après une réunion du conseil municipal qui avait duré trois heures."
    assert read_article(f"{french} {french}\n\n{english}", max_bytes=10_000).paragraphs[1].language == "en"
