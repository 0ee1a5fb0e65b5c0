"""Files of terms and of translation memories, as other tools write them."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from translate.storage.tbx import tbxfile, tbxunit
from translate.storage.tmx import tmxfile

from webapp.errors import ImportUnreadable
from webapp.text.tbx import read_tbx
from webapp.text.term_csv import read_csv, write_csv
from webapp.text.term_rows import TermRow
from webapp.text.tmx import LONGEST, Unit, read_tmx

OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1"><header creationtool="OmegaT" segtype="sentence" adminlang="EN-US" srclang="FR" datatype="plaintext"/><body>
<tu><prop type="prev">Avant.</prop><prop type="next">Après.</prop>
<tuv lang="FR"><seg>La ville
  attend.</seg></tuv>
<tuv lang="EN-GB" changeid="anne" changedate="20250102T030405Z" creationid="bob" creationdate="20240101T000000Z"><seg>The town
is waiting.</seg></tuv></tu></body></tmx>"""
MEMOQ = """<tmx version="1.4"><header creationtool="MemoQ" srclang="fr-fr"/><body>
<tu changedate="20250102T030405Z" creationid="Anne"><prop type="x-context-pre">&lt;seg&gt;Avant.&lt;/seg&gt;</prop>
<prop type="x-context-post">&lt;seg&gt;Après.&lt;/seg&gt;</prop>
<tuv xml:lang="fr-fr"><seg>Le <bpt i="1" type="bold">{}</bpt>musée<ept i="1">{}</ept>
<hi>rouvre</hi><ph>&lt;br/&gt;</ph>.</seg></tuv>
<tuv xml:lang="en-us"><seg>The museum is reopening.</seg></tuv>
<tuv xml:lang="en-gb"><seg>British.</seg></tuv></tu></body></tmx>"""
TRADOS = """<tmx version="1.4"><header creationtool="SDL Language Platform" srclang="fr-FR"/><body>
<tu creationdate="20240101T000000Z" creationid="MT!"><prop type="x-LastUsedBy">x</prop>
<tuv xml:lang="fr-FR"><seg>Oui.</seg></tuv><tuv xml:lang="ko-KR"><seg>네.</seg></tuv></tu></body></tmx>"""


def units(text: str | bytes) -> list[Unit]:
    return list(read_tmx(BytesIO(text if isinstance(text, bytes) else text.encode()), "x.tmx"))


def test_omegats_file_is_read_with_who_when_and_what_stood_around() -> None:
    (unit,) = units(OMEGAT)
    assert unit.texts == {"fr": "La ville attend.", "en": "The town is waiting."}
    assert (unit.who, unit.at) == ("anne", datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert (unit.previous, unit.following) == ("Avant.", "Après.")


def test_memoqs_file_is_read_without_what_stands_for_formatting_and_our_country_first() -> None:
    (unit,) = units(MEMOQ)
    assert unit.texts == {"fr": "Le musée rouvre.", "en": "The museum is reopening."}
    assert (unit.previous, unit.following) == ("Avant.", "Après.")


def test_trados_file_names_the_machine_as_its_author() -> None:
    (unit,) = units(TRADOS)
    assert unit.texts == {"fr": "Oui.", "ko": "네."}
    assert unit.who == "MT!"


def test_utf16_is_read_as_trados_writes_it() -> None:
    head = '<?xml version="1.0" encoding="utf-16"?>'
    assert units((head + TRADOS).encode("utf-16"))[0].texts["ko"] == "네."


def test_what_translate_toolkit_writes_is_read() -> None:
    file = tmxfile(sourcelanguage="fr", targetlanguage="ru")
    file.addtranslation("Le musée rouvre.", "fr", "Музей открывается.", "ru")
    out = BytesIO()
    file.serialize(out)
    assert units(out.getvalue())[0].texts == {"fr": "Le musée rouvre.", "ru": "Музей открывается."}


def test_a_segment_without_end_is_given_as_empty() -> None:
    long = TRADOS.replace("Oui.", "o" * (LONGEST + 1))
    assert units(long)[0].texts["fr"] == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no element found"),
        ("bonjour", "syntax error"),
        ("<html/>", "begins with <html>"),
        ("<tmx><body>", "no element found"),
        ('<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tmx>&b;</tmx>', "entities"),
        ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx>&a;</tmx>', "entities"),
        ('<!DOCTYPE tmx [<!ENTITY % a SYSTEM "http://127.0.0.1/x">%a;]><tmx/>', "entities"),
        ("<tmx>" + "<a>" * 200 + "</a>" * 200 + "</tmx>", "nested"),
    ],
)
def test_what_is_no_tmx_or_not_safe_is_refused(text: str, words: str) -> None:
    with pytest.raises(ImportUnreadable, match=words):
        units(text)


# --- terms ------------------------------------------------------------------------------------------------------------

TBX = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX" xml:lang="fr"><text><body>
<termEntry id="c1"><descrip type="definition">Représentant de l'État</descrip>
<langSet xml:lang="fr"><tig><term>préfet</term></tig><ntig><termGrp><term>préfète</term></termGrp></ntig></langSet>
<langSet xml:lang="en-GB"><tig><term>head</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
<tig><term>prefect</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
<tig><term>governor</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>"""
TBX3 = """<tbx style="dca" type="TBX-Basic" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="1">
<langSec xml:lang="fr"><termSec><term>maire</term></termSec></langSec><langSec xml:lang="ko"><termSec><term>시장</term>
</termSec></langSec></conceptEntry></body></text></tbx>"""


def tbx(text: str | bytes) -> list[TermRow]:
    return list(read_tbx(BytesIO(text if isinstance(text, bytes) else text.encode()), "x.tbx"))


def test_a_concept_gives_its_french_terms_the_preferred_one_first_and_forbids_the_deprecated() -> None:
    rows = tbx(TBX)
    assert [(row.source, row.policy, dict(row.forms)) for row in rows] == [
        ("préfet", "translate", {"en": ("prefect", "head")}),
        ("préfet", "never", {"en": ("governor",)}),
        ("préfète", "translate", {"en": ("prefect", "head")}),
        ("préfète", "never", {"en": ("governor",)}),
    ]
    assert rows[0].note == "Représentant de l'État"


def test_the_dialect_of_2019_is_read_too() -> None:
    assert [(row.source, dict(row.forms)) for row in tbx(TBX3)] == [("maire", {"ko": ("시장",)})]


def test_a_termbase_that_translate_toolkit_writes_is_read() -> None:
    file = tbxfile(sourcelanguage="fr", targetlanguage="en")
    unit = tbxunit("")
    file.addunit(unit)
    unit.setsource("maire", "fr")
    unit.settarget("mayor", "en")
    out = BytesIO()
    file.serialize(out)
    assert [(row.source, dict(row.forms)) for row in tbx(out.getvalue())] == [("maire", {"en": ("mayor",)})]


@pytest.mark.parametrize("table", ["fr,en\nmaire,mayor\n", "fr;en\r\nmaire;mayor\r\n", "\ufefffr\ten\nmaire\tmayor\n"])
def test_commas_semicolons_and_tabs_are_told_apart(table: str) -> None:
    assert list(read_csv(table.encode(), "x.csv")) == [TermRow(2, "maire", forms={"en": ("mayor",)})]


def test_columns_may_have_their_names_in_words_and_stand_anywhere() -> None:
    table = "Anglais;Français;Règle;Casse;autre\nmayor | the mayor;maire;traduire;non;x\n;Médiapart;garder;;\n"
    assert list(read_csv(table.encode("cp1252"), "x.csv")) == [
        TermRow(2, "maire", forms={"en": ("mayor", "the mayor")}, match_case=False),
        TermRow(3, "Médiapart", "keep"),
    ]


@pytest.mark.parametrize("table", ["", "en,ru\nmayor,мэр\n", "\n\n"])
def test_a_table_without_a_column_for_the_french_is_refused_with_the_header_it_needs(table: str) -> None:
    with pytest.raises(ImportUnreadable, match="fr,policy,case,note,en,ru,ko"):
        list(read_csv(table.encode(), "x.csv"))


def test_a_table_reads_back_as_it_was_written_and_holds_no_formula() -> None:
    rows = [
        TermRow(
            2, "préfet", forms={"en": ("prefect", "the prefect"), "ko": ("지사",)}, note='dit "le préfet", non', match_case=False
        ),
        TermRow(3, "=1+1", "keep", match_case=True),
        TermRow(4, "maire", "never", {"ru": ("-глава",)}, match_case=False),
    ]
    table = "".join(write_csv(rows))
    assert ",=" not in table and "\n=" not in table and ",-" not in table
    assert list(read_csv(table.encode(), "x.csv")) == rows
