"""Files as other tools write them, made by hand: each is taken, or every sentence that is not has its reason."""

import codecs

import pytest

from tests.factories import store_article
from tests.unit.services.reviewing import sentence, source_of
from webapp.domain import State
from webapp.exports.registry import Include, formats
from webapp.services.articles import get_document
from webapp.services.returned_segments import Left
from webapp.services.returning import Returned, take_file
from webapp.storage.store import Store

FRENCH = ["Le chat dort : il pleut.", "Le chien mange.", "La pie vole."]
KOREAN = ["고양이가 잔다: 비가 온다.", "개가 먹는다.", "까치가 난다."]
TRANSLATED, APPROVED, DRAFT = State.TRANSLATED, State.APPROVED, State.DRAFT


@pytest.fixture
def article(store: Store) -> str:
    return store_article(store, source_of(FRENCH), drafted=None)


def take(store: Store, article: str, xml: str | bytes, name: str = "a.xlf", *, sound: bool = True) -> Returned:
    """Takes a file; whatever it is, every segment is accounted for."""
    with store.begin() as tx:
        report = take_file(tx, article, xml if isinstance(xml, bytes) else xml.encode(), name)
    told = report.taken + report.kept + len(report.conflicts) + sum(report.left.values())
    assert told == report.read or not sound
    assert len(report.left_out) == len({one.number for one in report.left_out})
    return report


def states(store: Store, article: str) -> list[State]:
    return [sentence(store, article, n).translations["ko"].state for n in range(3)]


def texts(store: Store, article: str) -> list[str]:
    return [sentence(store, article, n).translations["ko"].text for n in range(3)]


def exported(store: Store, article: str, name: str, include: Include) -> str:
    with store.read() as tx:
        return formats()[name].write(get_document(tx, article), ("ko",), include).decode()


def version_1(units: str, *, spaces: str = "", file: str = 'target-language="ko-KR"') -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" {spaces} version="1.2">'
        f'<file original="a.docx" datatype="x-a" source-language="fr-FR" {file}><header/><body>{units}</body></file></xliff>'
    )


def plain_units(attributes: list[str], targets: list[str], *, after: str = "") -> str:
    return "".join(
        f"<trans-unit id='{n + 1}' {more}><source xml:space='preserve'>{french}</source>{target}{after}</trans-unit>"
        for n, (french, more, target) in enumerate(zip(FRENCH, attributes, targets, strict=True))
    )


# --- memoQ ----------------------------------------------------------------------------------------------------------------


def test_memoq_says_in_its_own_words_what_was_confirmed(store: Store, article: str) -> None:
    history = (
        "<mq:minorversions><mq:historical-unit mq:status='NotStarted'><source>Rien.</source><target>아무것도.</target>"
        "</mq:historical-unit></mq:minorversions>"
        "<mq:insertedmatch matchtype='1' source='MT'><source>Rien.</source><target>기계.</target></mq:insertedmatch>"
    )
    said = [
        'mq:status="ManuallyConfirmed"',
        'mq:status="Proofread" mq:locked="locked"',
        'mq:status="Pretranslated" mq:percent="87"',
    ]
    units = plain_units(said, [f"<target xml:space='preserve'>{text}</target>" for text in KOREAN], after=history)
    report = take(store, article, version_1(units, spaces='xmlns:mq="MQXliff"'), "a.mqxliff")
    assert (report.read, report.taken, report.left) == (3, 2, {Left.UNREVIEWED: 1})
    assert states(store, article) == [TRANSLATED, APPROVED, DRAFT]
    assert texts(store, article)[:2] == KOREAN[:2]


def test_spaces_that_memoq_writes_as_codes_stay_spaces(store: Store) -> None:
    article = store_article(store, source_of(["Il paie 10\u202f000 euros."]), drafted=None)
    code = "<ph id='1'>&lt;mq:ch val=\"&amp;#xA0;\" /&gt;</ph>"
    unit = (
        f'<trans-unit id="7" mq:status="ManuallyConfirmed"><source>Il paie 10{code}000 euros.</source>'
        f"<target>그는 10{code}000유로를 낸다.</target></trans-unit>"
    )
    assert take(store, article, version_1(unit, spaces='xmlns:mq="MQXliff"'), "a.mqxliff").taken == 1
    assert sentence(store, article, 0).translations["ko"].text == "그는 10\u00a0000유로를 낸다."


# --- Trados ---------------------------------------------------------------------------------------------------------------


def _sdlxliff(confirmed: list[str]) -> bytes:
    """With a byte order mark and line ends of Windows, its own ids, and segments inside units."""
    units = "\r\n".join(
        f'<group><sdl:cxts><sdl:cxt id="1"/></sdl:cxts><trans-unit id="b1f0a-{n}"><source>{french}</source>'
        f'<seg-source><g id="3"><mrk mtype="seg" mid="{n}">{french}</mrk></g></seg-source>'
        f'<target><g id="3"><mrk mtype="seg" mid="{n}">{text}</mrk></g></target>'
        f'<sdl:seg-defs><sdl:seg id="{n}"{said}><sdl:rep id="x"/></sdl:seg></sdl:seg-defs></trans-unit></group>'
        for n, (french, text, said) in enumerate(zip(FRENCH, KOREAN, confirmed, strict=True))
    )
    header = 'xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" sdl:version="1.0"'
    xml = version_1(units, spaces=header).replace(
        "<header/>", '<header><reference><internal-file form="base64">UEsDBA==</internal-file></reference></header>'
    )
    return codecs.BOM_UTF8 + xml.replace("?>\n", "?>\r\n").encode()


def test_trados_says_of_every_segment_what_was_confirmed(store: Store, article: str) -> None:
    said = [' conf="Translated" origin="interactive"', ' conf="ApprovedSignOff" origin="tm"', ' conf="Draft" origin="nmt"']
    report = take(store, article, _sdlxliff(said), "a.sdlxliff")
    assert (report.taken, report.left) == (2, {Left.UNREVIEWED: 1})
    assert states(store, article) == [TRANSLATED, APPROVED, DRAFT]
    (left,) = report.left_out
    assert (left.source, left.reason) == (FRENCH[2], Left.UNREVIEWED)


def test_what_trados_says_nothing_of_or_rejects_is_not_taken(store: Store, article: str) -> None:
    report = take(store, article, _sdlxliff(["", ' conf="RejectedTranslation"', ' conf="Draft"']), "a.sdlxliff")
    assert (report.taken, report.left) == (0, {Left.UNREVIEWED: 3})


# --- a sentence that a tool cut, or put together ------------------------------------------------------------------------------


def _cut(second: str) -> str:
    source = '<mrk mtype="seg" mid="1">Le chat dort :</mrk> <mrk mtype="seg" mid="2">il pleut.</mrk>'
    target = f'<mrk mtype="seg" mid="1">고양이가 잔다:</mrk> <mrk mtype="seg" mid="2">{second}</mrk>'
    unit = (
        f'<trans-unit id="x"><source>{FRENCH[0]}</source><seg-source>{source}</seg-source><target>{target}</target></trans-unit>'
    )
    return version_1(unit)


def test_a_sentence_that_a_tool_cut_in_two_is_put_together_again(store: Store, article: str) -> None:
    report = take(store, article, _cut("비가 온다."), sound=False)
    assert (report.read, report.taken, report.left) == (2, 1, {})
    assert texts(store, article)[0] == KOREAN[0]


def test_half_of_a_sentence_is_not_taken_for_the_whole(store: Store, article: str) -> None:
    report = take(store, article, _cut(""))
    assert (report.taken, report.left) == (0, {Left.NO_TEXT: 2})
    assert states(store, article)[0] is DRAFT


def test_two_sentences_that_a_tool_made_one_are_named(store: Store, article: str) -> None:
    unit = f"<trans-unit id='1'><source>{FRENCH[1]} {FRENCH[2]}</source><target>{KOREAN[1]} {KOREAN[2]}</target></trans-unit>"
    report = take(store, article, version_1(unit))
    assert (report.taken, report.left) == (0, {Left.UNKNOWN: 1})
    assert report.left_out[0].source == f"{FRENCH[1]} {FRENCH[2]}"


def test_segments_of_version_2_that_were_cut_and_numbered_anew_find_their_sentences(store: Store, article: str) -> None:
    xml = f"""<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.0" trgLang="ko" version="2.0" srcLang="fr"><x:file id="f1">
<x:unit id="p0"><x:notes><x:note>돌아온 메모</x:note></x:notes>
<x:segment state="translated" id="s1"><x:source>Le chat dort :</x:source><x:target>고양이가 잔다:</x:target></x:segment>
<x:ignorable><x:source> </x:source></x:ignorable>
<x:segment id="s2" state="reviewed"><x:source>il pleut.</x:source><x:target>비가 온다.</x:target></x:segment>
<x:ignorable><x:source> </x:source></x:ignorable>
<x:segment subState="tool:done" state="final">
<x:source>Le <x:pc id="1">chien</x:pc> mange.</x:source><x:target>개가 먹는다.</x:target></x:segment>
<x:segment state="initial"><x:source>{FRENCH[2]}</x:source><x:target>{KOREAN[2]}</x:target></x:segment>
</x:unit></x:file></x:xliff>"""
    report = take(store, article, xml, "a.xlf2", sound=False)
    assert (report.taken, report.left) == (2, {Left.UNREVIEWED: 1})
    assert states(store, article) == [TRANSLATED, APPROVED, DRAFT]
    assert texts(store, article)[:2] == KOREAN[:2]


# --- Phrase, Weblate, Poedit, Smartcat ------------------------------------------------------------------------------------------


def test_phrase_tells_what_was_confirmed_from_what_was_put_there_before(store: Store, article: str) -> None:
    said = ['m:confirmed="1"', 'm:confirmed="2" m:level-edited="true"', 'm:confirmed="0" m:trans-origin="mt" m:score="0.0"']
    units = plain_units(
        said,
        [f"<target>{text}</target>" for text in KOREAN],
        after='<alt-trans origin="machine-trans"><target>기계</target></alt-trans>'
        '<m:tunit-metadata><m:mark id="1"/></m:tunit-metadata>',
    )
    xml = version_1(units, spaces='xmlns:m="http://www.memsource.com/mxlf/2.0"', file='target-language="ko_kr"')
    report = take(
        store,
        article,
        xml.replace('<?xml version="1.0" encoding="utf-8"?>', "<?xml version='1.0' encoding='UTF-8'?>"),
        "a.mxliff",
    )
    assert (report.taken, report.left) == (2, {Left.UNREVIEWED: 1})
    assert states(store, article) == [TRANSLATED, APPROVED, DRAFT]


def test_states_of_weblate_and_smartcat_are_understood(store: Store, article: str) -> None:
    targets = [
        f'<target state="needs-review-translation" xml:lang="ko">{KOREAN[0]}</target>',
        f'<target xml:lang="ko" state="translated">{KOREAN[1]}</target>',
        f'<target state="needs-translation">{KOREAN[2]}</target>',
    ]
    report = take(store, article, version_1(plain_units(['approved="no"', 'approved="yes"', 'approved="no"'], targets)))
    assert (report.taken, report.left) == (2, {Left.UNREVIEWED: 1})
    assert states(store, article) == [TRANSLATED, APPROVED, DRAFT]


def test_a_file_without_a_language_is_in_the_one_its_targets_name(store: Store, article: str) -> None:
    units = plain_units([""] * 3, [f'<target xml:lang="ko-KR">{text}</target>' for text in KOREAN])
    assert take(store, article, version_1(units, file="")).taken == 3


def test_files_of_windows_programs_in_utf_16_are_read(store: Store, article: str) -> None:
    xml = version_1(plain_units([""] * 3, [f"<target>{text}</target>" for text in KOREAN])).replace("utf-8", "utf-16")
    assert take(store, article, xml.encode("utf-16")).taken == 3


def test_text_that_a_tool_broke_and_indented_comes_back_as_it_was(store: Store, article: str) -> None:
    source = "<source>\r\n    Le chien\r\n    mange.\r\n</source>"
    unit = f"<trans-unit id='1'>\r\n{source}\r\n<target>\r\n    개가\r\n    먹는다.\r\n</target></trans-unit>"
    assert take(store, article, version_1(unit)).taken == 1
    assert texts(store, article)[1] == KOREAN[1]


def test_an_empty_target_and_none_are_both_without_a_translation(store: Store, article: str) -> None:
    report = take(store, article, version_1(plain_units([""] * 3, ["<target/>", "", '<target state="new"> </target>'])))
    assert (report.taken, report.left) == (0, {Left.NO_TEXT: 3})


# --- OmegaT: a tool that keeps no states ----------------------------------------------------------------------------------


def test_french_that_a_tool_put_into_a_target_is_no_translation(store: Store, article: str) -> None:
    targets = [f"<target>{KOREAN[0]}</target>", f"<target>{FRENCH[1]}</target>", f"<target>{KOREAN[2]}</target>"]
    report = take(store, article, version_1(plain_units([""] * 3, targets)))
    assert (report.taken, report.left) == (2, {Left.UNREVIEWED: 1})


def test_drafts_that_somebody_changed_in_a_tool_without_states_are_taken_and_the_others_not(store: Store, article: str) -> None:
    xml = exported(store, article, "xliff", Include.ALL)
    drafted = texts(store, article)
    xml = xml.replace(f">{drafted[1]}</target>", f">{KOREAN[1]}</target>", 1)
    assert 'state-qualifier="mt-suggestion"' in xml
    report = take(store, article, xml)
    assert (report.taken, report.left) == (1, {Left.UNREVIEWED: 2})
    assert states(store, article) == [DRAFT, TRANSLATED, DRAFT]


def test_a_draft_whose_qualifier_a_tool_dropped_is_not_taken_for_a_translation(store: Store, article: str) -> None:
    xml = exported(store, article, "xliff", Include.ALL).replace(' state-qualifier="mt-suggestion"', "")
    report = take(store, article, xml)
    assert (report.taken, report.left) == (0, {Left.UNREVIEWED: 3})


def test_tasks_of_version_2_that_a_tool_filled_without_a_word_are_taken(store: Store, article: str) -> None:
    xml = exported(store, article, "xliff2", Include.APPROVED)
    for french, text in zip(FRENCH, KOREAN, strict=True):
        xml = xml.replace(f"<source>{french}</source>", f"<source>{french}</source><target>{text}</target>")
    assert take(store, article, xml, "a.xlf2").taken == 3
    assert states(store, article) == [TRANSLATED] * 3


# --- whose a segment is ---------------------------------------------------------------------------------------------------


def test_a_segment_that_names_its_sentence_goes_before_one_with_the_same_french(store: Store) -> None:
    article = store_article(store, source_of(["Bravo.", "Il part.", "Bravo."]), drafted=None)
    units = "".join(
        f'<trans-unit id="{name}"><source>Bravo.</source><target state="translated">{text}</target></trans-unit>'
        for name, text in ((f"{article}.0.0", "브라보."), (f"{article}.0.2", "잘했다."), ("other", "만세."))
    )
    report = take(store, article, version_1(units), sound=False)
    assert report.taken == 2
    assert (texts(store, article)[0], texts(store, article)[2]) == ("브라보.", "잘했다.")
