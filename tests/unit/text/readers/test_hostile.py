"""Files that are broken, protected or built to do harm: refused in our own words, soon, and without filling the memory."""

import io
import time
import zipfile

import pytest

from tests.files import MARKDOWN, ODT_CONTENT, PAGE, SUBTITLES, make_docx, make_epub, make_odt, repacked, unzipped, zipped
from webapp.errors import (
    ArticleTooLarge,
    FileDamaged,
    FileEncrypted,
    FileHasMacros,
    FileNotWhatItSays,
    FileReadingTooLong,
    FileTooComplex,
    FileTooLarge,
    FileTypeUnsupported,
    FileUnsafe,
    InputError,
)
from webapp.text.read import read_article
from webapp.text.readers import sandbox
from webapp.text.readers.opening import open_file

pytestmark = pytest.mark.slow  # each file is read in a process of its own

LIMIT = 1 << 20
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def with_doctype(data: bytes, member: str, doctype: str) -> bytes:
    text = unzipped(data)[member].decode()
    declaration, mark, rest = text.partition("?>")
    return repacked(data, {member: f"{declaration}?>{doctype}{rest}" if mark else doctype + text})


def bomb() -> bytes:
    """A document one of whose parts is 40 MB of spaces."""
    return repacked(make_docx(), {"word/document.xml": b" " * (40 << 20)})


def deep(member: str, data: bytes, depth: int = 5000) -> bytes:
    return repacked(data, {member: "<a>" * depth + "</a>" * depth})


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE], ids=["billion laughs", "outside"])
@pytest.mark.parametrize(
    ("kind", "data", "member"),
    [
        ("docx", make_docx(), "word/document.xml"),
        ("docx", make_docx(), "docProps/core.xml"),
        ("docx", make_docx(), "word/_rels/document.xml.rels"),
        ("odt", make_odt(), "content.xml"),
        ("odt", make_odt(), "META-INF/manifest.xml"),
        ("epub", make_epub(), "META-INF/container.xml"),
        ("epub", make_epub(), "OEBPS/content.opf"),
    ],
)
def test_a_document_that_defines_entities_is_refused(kind: str, data: bytes, member: str, doctype: str) -> None:
    with pytest.raises(FileUnsafe, match="entities"):
        open_file(with_doctype(data, member, doctype), kind, f"a.{kind}")


def test_entities_are_refused_in_every_encoding_of_xml() -> None:
    text = f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<a>&b;</a>'
    with pytest.raises(FileUnsafe):
        open_file(repacked(make_docx(), {"word/document.xml": text.encode("utf-16")}), "docx", "a.docx")


@pytest.mark.parametrize(
    ("kind", "data"), [("docx", deep("word/document.xml", make_docx())), ("odt", deep("content.xml", make_odt()))]
)
def test_elements_too_deep_inside_each_other_are_refused(kind: str, data: bytes) -> None:
    with pytest.raises(FileTooComplex, match="inside each other"):
        open_file(data, kind, f"a.{kind}")


def test_ten_thousand_nested_tags_of_a_page_are_refused_in_an_instant() -> None:
    started = time.monotonic()
    for tags in ("<div>", "<b>", "<ul><li>", "<table><tr><td>", "<span><p>"):
        with pytest.raises(FileTooComplex):
            open_file((tags * 10_000 + "mot").encode(), "html", "a.html")
    assert time.monotonic() - started < 5


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(FileTooComplex, match=r"24 MB|packed"):
        open_file(bomb(), "docx", "a.docx")
    many = zipped({f"word/{n}.xml": "" for n in range(4000)} | unzipped(make_docx()))
    with pytest.raises(FileTooComplex, match="3000 parts"):
        open_file(many, "docx", "a.docx")


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    data = bytearray(bomb())
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = -1
        while (place := data.find(signature, place + 1)) >= 0:
            if int.from_bytes(data[place + offset : place + offset + 4], "little") == 40 << 20:
                data[place + offset : place + offset + 4] = (1000).to_bytes(4, "little")
    with pytest.raises((FileDamaged, FileTooComplex)):
        open_file(bytes(data), "docx", "a.docx")


def test_a_document_with_a_password_says_so() -> None:
    word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600  # what Word makes of it
    with pytest.raises(FileEncrypted, match=r"a\.docx"):
        read_article(word, file_name="a.docx", max_bytes=LIMIT)
    manifest = (
        unzipped(make_odt())["META-INF/manifest.xml"]
        .decode()
        .replace("<manifest:file-entry", "<manifest:encryption-data/><manifest:file-entry", 1)
    )
    with pytest.raises(FileEncrypted):
        open_file(repacked(make_odt(), {"META-INF/manifest.xml": manifest}), "odt", "a.odt")
    data = bytearray(make_docx())
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(signature) + offset] |= 1
    with pytest.raises(FileEncrypted):
        open_file(bytes(data), "docx", "a.docx")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("docx", repacked(make_docx(), {"word/vbaProject.bin": b"x"})),
        ("odt", repacked(make_odt(), {"Basic/Standard/Module1.xml": "<a/>"})),
    ],
)
def test_a_document_with_macros_is_refused(kind: str, data: bytes) -> None:
    with pytest.raises(FileHasMacros, match=f"a.{kind}"):
        open_file(data, kind, f"a.{kind}")
    with pytest.raises(FileHasMacros):
        read_article(make_docx(), file_name="a.docm", max_bytes=LIMIT)


@pytest.mark.parametrize("path", ["../evil.xml", "/etc/evil.xml", "a/../../b.xml", "word\\evil.xml"])
def test_a_part_that_leads_out_of_the_document_is_refused(path: str) -> None:
    with pytest.raises(FileUnsafe):
        open_file(repacked(make_docx(), {path: "<a/>"}), "docx", "a.docx")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", PAGE.encode()),
        ("a.docx", b"%PDF-1.7"),
        ("a.docx", make_odt()),
        ("a.odt", make_docx()),
        ("a.epub", make_docx()),
        ("a.html", make_docx()),
        ("a.txt", make_odt()),
        ("a.srt", PAGE.encode()),
        ("a.txt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour"),
        ("a.docx", zipped({"a.txt": "x"})),
    ],
)
def test_a_file_that_is_something_else_than_its_name_says_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(FileNotWhatItSays, match=name):
        read_article(data, file_name=name, max_bytes=LIMIT)


def test_a_document_is_read_without_a_name_by_what_is_in_it() -> None:
    assert read_article(make_docx(), max_bytes=LIMIT).title == "Le bac revient à quai"
    with pytest.raises(FileTypeUnsupported):
        read_article(zipped({"a.txt": "x"}), max_bytes=LIMIT)


@pytest.mark.parametrize(
    ("kind", "data"), [("docx", make_docx()), ("odt", make_odt()), ("epub", make_epub())], ids=["docx", "odt", "epub"]
)
def test_a_document_cut_off_anywhere_is_refused(kind: str, data: bytes) -> None:
    for size in range(10, len(data), max(1, len(data) // 25)):
        with pytest.raises(InputError) as caught:
            open_file(data[:size], kind, f"a.{kind}")
        assert caught.value.data["name"] == f"a.{kind}"


@pytest.mark.parametrize("missing", ["word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/styles.xml"])
def test_a_word_document_without_one_of_its_parts_is_refused_or_read(missing: str) -> None:
    members = unzipped(make_docx())
    del members[missing]
    try:
        assert open_file(zipped(members), "docx", "a.docx").blocks
    except InputError as error:
        assert error.data["name"] == "a.docx"


def test_too_large_a_file_and_too_long_a_text_are_two_things() -> None:
    with pytest.raises(FileTooLarge):
        read_article(make_docx(), file_name="a.docx", max_bytes=LIMIT, max_file_bytes=1000)
    with pytest.raises(ArticleTooLarge):
        read_article(make_docx(), file_name="a.docx", max_bytes=100)


def test_a_page_of_far_too_many_tags_is_refused() -> None:
    with pytest.raises(FileTooComplex, match="tags"):
        open_file(b"<p>a" * 300_000, "html", "a.html")
    with pytest.raises(FileTooComplex, match="one paragraph"):
        open_file(("<p>" + "<b>a</b> " * 5000).encode(), "html", "a.html")


def test_reading_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", -4.9)
    with pytest.raises(FileReadingTooLong, match=r"a\.docx"):
        sandbox.read_file(make_docx(), "docx", "a.docx", max_text_bytes=LIMIT)


def test_a_queue_of_slow_files_does_not_hold_a_request_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WAIT_SECONDS", 0.05)
    with sandbox._AT_ONCE, sandbox._AT_ONCE, pytest.raises(FileReadingTooLong):
        sandbox.read_file(make_docx(), "docx", "a.docx", max_text_bytes=LIMIT)
    assert sandbox.read_file(make_docx(), "docx", "a.docx", max_text_bytes=LIMIT).blocks


def test_the_child_process_sees_nothing_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUATRAIN_SECRET_KEY", "x" * 20)
    assert not [name for name in sandbox._environment() if name.startswith("QUATRAIN")]


def test_the_errors_of_the_child_process_arrive_with_their_data() -> None:
    with pytest.raises(FileHasMacros) as caught:
        sandbox.read_file(repacked(make_docx(), {"word/vbaProject.bin": b"x"}), "docx", "é.docx", max_text_bytes=LIMIT)
    assert caught.value.data == {"name": "é.docx"}


@pytest.mark.parametrize(
    ("name", "data"), [("a.html", PAGE), ("a.md", MARKDOWN), ("a.srt", SUBTITLES)], ids=["html", "md", "srt"]
)
def test_what_the_child_reads_is_what_the_reader_reads(name: str, data: str) -> None:
    kind = name.partition(".")[2]
    read = sandbox.read_file(data.encode(), kind, name, max_text_bytes=LIMIT)
    assert list(read.blocks) == list(open_file(data.encode(), kind, name).blocks)


def test_the_content_of_an_opendocument_text_is_never_fetched() -> None:
    content = ODT_CONTENT.replace("Pictures/a.png", "http://127.0.0.1:9/a.png")
    blocks = open_file(make_odt(content), "odt", "a.odt").blocks
    assert blocks[0].text == "Le bac revient à quai"


def test_an_archive_that_is_nothing_but_a_table_of_contents_is_refused_in_an_instant() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(40_000):
            archive.writestr(f"word/{n}", b"")
    started = time.monotonic()
    with pytest.raises(FileTooComplex, match="table of contents"):
        read_article(out.getvalue(), file_name="a.docx", max_bytes=LIMIT)
    assert time.monotonic() - started < 0.5


def test_an_archive_inside_out_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for _ in range(2):
            archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(FileDamaged, match="twice"):
        open_file(out.getvalue(), "docx", "a.docx")
