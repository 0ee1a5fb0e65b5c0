"""Typography is repaired without touching what is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.checks.repair import Rule, repair
from webapp.languages import TARGETS

CHARACTERS = "aб가9 .,;:!?«»“”„‘’'\"-–—…(<)%\u00a0\u202f\u2581。，\u3000‹›「」/\n"
PIECES = st.sampled_from([*CHARACTERS, "&amp;", "&quot;", "&#39;", "&", ";"])
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("language", "raw", "repaired"),
    [
        ("en", "«\u00a0Oui\u202f», dit « le “grand” homme ».", "“Oui”, dit “le ‘grand’ homme”."),
        ("en", '"Yes," she said.', "“Yes,” she said."),
        ("en", "5 % of 10\u202f%", "5% of 10%"),
        ("en", "Wait ... really ?", "Wait ... really?"),
        ("ru", '“Это "да"”, - сказал он.', "«Это „да“», - сказал он."),
        ("ru", "Он – герой - и точка", "Он\u00a0— герой\u00a0— и точка"),
        ("ru", "5 - 3 и 1941 – 1945", "5 - 3 и 1941 – 1945"),
        ("ko", "«그는 “아니”라고» 말했다。", "“그는 ‘아니’라고” 말했다."),
        ("ko", '"좋다"고 했다', "“좋다”고 했다"),
        ("ko", "‘제목’과 「책」", "‘제목’과 「책」"),
        ("en", "It&apos;s &amp;quot;good&amp;quot; &lt; bad", "It's “good” < bad"),
        ("en", "Yes,, no.. maybe ;", "Yes, no. maybe;"),
        ("en", "\u2581The \u2581end", "The end"),
        ("en", "The \u2581\u00a0\u2581end\u2581", "The end"),
        ("en", 'a 27" screen', 'a 27" screen'),
    ],
)
def test_a_text_is_repaired_for_its_language(language: str, raw: str, repaired: str) -> None:
    assert repair(raw, language).text == repaired.replace(", - ", ",\u00a0— ")


@given(TEXTS)
def test_french_is_never_touched(text: str) -> None:
    assert repair(text, "fr").text == text
    assert not repair(text, "fr").changes


@given(TEXTS, st.sampled_from(TARGETS))
def test_repairing_twice_changes_nothing_more(text: str, language: str) -> None:
    once = repair(text, language).text
    assert repair(once, language).text == once


@given(st.text(), st.sampled_from(TARGETS))
def test_letters_and_digits_stay_as_they_are(text: str, language: str) -> None:
    text = text.replace("&", "")  # entities are spelled with letters
    assert [c for c in repair(text, language).text if c.isalnum()] == [c for c in text if c.isalnum()]


@given(TEXTS, st.sampled_from(TARGETS))
def test_a_change_says_where_it_was_made(text: str, language: str) -> None:
    repaired = repair(text, language)
    assert bool(repaired.changes) == (repaired.text != text) or any(c.before != c.after for c in repaired.changes)
    assert all(0 <= change.start <= change.end <= len(text) for change in repaired.changes)


def test_the_changes_name_their_rules_and_the_raw_text() -> None:
    raw = "« Oui » , dit-il"
    changes = repair(raw, "en").changes
    assert [(change.rule, raw[change.start : change.end], change.after) for change in changes] == [
        (Rule.QUOTES, "« ", "“"),
        (Rule.QUOTES, " »", "”"),
        (Rule.SPACING, " ", ""),
    ]


def test_marks_that_the_french_doubles_stay_doubled() -> None:
    assert repair("What?!! Yes!!", "en", source="Quoi ?!! Oui !!").text == "What?!! Yes!!"
    assert repair("Yes!!", "en", source="Oui !").text == "Yes!"
