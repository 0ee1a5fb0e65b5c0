"""XLIFF as translation tools give it back."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.errors import ImportUnreadable, QuatrainError
from webapp.text.xliff import Segment, read_xliff
from webapp.text.xliff_review import Review


def segments(xml: str) -> list[Segment]:
    return list(read_xliff(BytesIO(xml.encode()), "a.xlf"))


def version_1(unit: str) -> str:
    head = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="fr-FR" '
    return f'{head}target-language="ru-RU" datatype="plaintext"><body><group id="p0">{unit}</group></body></file></xliff>'


def version_2(unit: str) -> str:
    head = '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr-FR" trgLang="ko-KR"><file id="f">'
    return f"{head}{unit}</file></xliff>"


@pytest.mark.parametrize(
    ("attributes", "target", "review"),
    [
        ("", "<target>да</target>", Review.UNSTATED),
        (' approved="yes"', "<target>да</target>", Review.REVIEWED),
        ("", '<target state="signed-off">да</target>', Review.REVIEWED),
        ("", '<target state="final">да</target>', Review.REVIEWED),
        ("", '<target state="translated">да</target>', Review.TRANSLATED),
        ("", '<target state="needs-review-translation">да</target>', Review.ASKED),
        ("", '<target state="needs-review-translation" state-qualifier="mt-suggestion">да</target>', Review.UNREVIEWED),
        ("", '<target state="needs-translation">да</target>', Review.UNREVIEWED),
        ("", "<target/>", Review.UNREVIEWED),
        ("", "", Review.UNREVIEWED),
    ],
)
def test_version_1_says_how_far_the_review_has_come(attributes: str, target: str, review: Review) -> None:
    (found,) = segments(version_1(f'<trans-unit id="a.0.1"{attributes}><source>oui</source>{target}</trans-unit>'))
    assert (found.id, found.source, found.target_language, found.review) == ("a.0.1", "oui", "ru", review)


@pytest.mark.parametrize(
    ("state", "review"),
    [
        ("initial", Review.UNSTATED),
        ("translated", Review.TRANSLATED),
        ("reviewed", Review.REVIEWED),
        ("final", Review.REVIEWED),
    ],
)
def test_version_2_has_a_segment_a_sentence(state: str, review: Review) -> None:
    unit = (
        '<unit id="p0"><segment id="a.0.0" state="' + state + '"><source>Un.</source><target>하나.</target></segment>'
        "<ignorable><source> </source></ignorable><segment><source>Deux.</source></segment></unit>"
    )
    first, second = segments(version_2(unit))
    assert first == Segment(1, "a.0.0", "Un.", "하나.", review, "ko")
    assert (second.id, second.source, second.target) == ("p0", "Deux.", None)


def test_proposals_and_notes_are_no_translations() -> None:
    unit = (
        '<trans-unit id="x"><source>oui</source><note>нет</note>'
        "<alt-trans><source>ouais</source><target>ага</target></alt-trans></trans-unit>"
    )
    (found,) = segments(version_1(unit))
    assert (found.source, found.target) == ("oui", None)


def test_codes_inside_a_sentence_are_left_out_and_its_words_kept() -> None:
    unit = '<trans-unit id="x"><source>un <g id="1">mot</g></source><target>о<bpt id="2">&lt;b&gt;</bpt>дно</target></trans-unit>'
    (found,) = segments(version_1(unit))
    assert (found.source, found.target) == ("un mot", "одно")


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "no xml",
        "<tmx version='1.4'/>",
        '<xliff version="1.1"/>',
        '<!DOCTYPE x [<!ENTITY a "aa">]><xliff version="1.2">&a;</xliff>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2">&a;</xliff>',
        "<a>" * 200,
    ],
)
def test_what_is_no_xliff_or_not_safe_is_refused(xml: str) -> None:
    with pytest.raises(ImportUnreadable):
        segments(xml)


@given(st.binary(max_size=300))
def test_nothing_but_our_own_errors_comes_out(data: bytes) -> None:
    head = b'<xliff version="1.2"><file target-language="ru"><trans-unit id="a"><source>'
    for given_data in (data, head + data):
        try:
            list(read_xliff(BytesIO(given_data), "a.xlf"))
        except QuatrainError as error:
            assert error.slug == "import-unreadable"
