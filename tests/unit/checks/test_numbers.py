"""Numbers are read as values, however a language writes them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.checks.reading.numbers import read_numbers
from webapp.checks.reading.values import Key, Number, Strength, difference
from webapp.checks.tables.listed import listed
from webapp.languages import LANGUAGES

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("fr", "1 234,5 et 1\u202f234,5 et 1\u00a0234,5", [Fraction(2469, 2)] * 3),
        ("fr", "1,5 milliard", [1_500_000_000]),
        ("fr", "deux millions et demi", [2_500_000]),
        ("fr", "mille neuf cent quatre-vingt-dix-neuf", [1999]),
        ("fr", "soixante et onze puis quatre-vingts", [71, 80]),
        ("fr", "3 millions 250 000", [3_250_000]),
        ("fr", "les trois quarts et les deux tiers", [Fraction(3, 4), Fraction(2, 3)]),
        ("fr", "18h30, 18 h 30, 18 heures 30", ["18:30"] * 3),
        ("fr", "6 heures du soir", ["18:00"]),
        ("fr", "cinquante pour cent", [50]),
        ("fr", "dix, vingt, trente-et-un", [10, 20, 31]),
        ("fr", "au XVIIIe siècle", [18]),
        ("en", "1,234.5", [Fraction(2469, 2)]),
        ("en", "$1.5 billion", [1_500_000_000]),
        ("en", "two and a half million", [2_500_000]),
        ("en", "twenty-one thousand three hundred and five", [21305]),
        ("en", "6:30 p.m. and 12 a.m.", ["18:30", "0:00"]),
        ("en", "two-thirds", [Fraction(2, 3)]),
        ("en", "the twenty-first", [21]),
        ("ru", "1 234,5", [Fraction(2469, 2)]),
        ("ru", "1,5 млрд и полтора миллиарда", [1_500_000_000] * 2),
        ("ru", "два с половиной миллиона", [2_500_000]),
        ("ru", "двадцать первый, пятьсот тысяч", [21, 500_000]),
        ("ru", "о сорока семи, с двадцатью тремя", [47, 23]),
        ("ru", "в 18:30", ["18:30"]),
        ("ru", "6 часов вечера", ["18:00"]),
        ("ru", "две трети", [Fraction(2, 3)]),
        ("ko", "15억", [1_500_000_000]),
        ("ko", "1억 2,500만", [125_000_000]),
        ("ko", "3만5천, 3만 5000", [35_000] * 2),
        ("ko", "2조 3천억", [2_300_000_000_000]),
        ("ko", "3분의 1", [THIRD]),
        ("ko", "오후 6시 30분, 18시 30분", ["18:30"] * 2),
        ("ko", "스물다섯 명, 열두 명, 아홉 마리", [25, 12, 9]),
        ("ko", "2만 2024년", [20_000, 2024]),
    ],
)
def test_a_number_is_read_as_its_value(language: str, text: str, values: list[Key]) -> None:
    read = [number.keys[0] for number in read_numbers(text, language) if number.strength is not Strength.HINT]
    assert read == values


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "세계 네트워크의 한국 세대, 열차와 석방, 이 분쟁"),
        ("en", "a cent, an army, per cent"),
        ("fr", "une pour cent"),
        ("ru", "утром среди семинаров"),
    ],
)
def test_words_that_only_look_like_numbers_ask_for_nothing(language: str, text: str) -> None:
    assert not [number for number in read_numbers(text, language) if number.strength is not Strength.HINT]


@given(st.integers(0, 10**15 - 1))
def test_a_figure_is_the_same_number_in_every_language(value: int) -> None:
    grouped = f"{value:,}"
    french = f"Il y a {grouped.replace(',', chr(0x202F))} choses"
    for language, text in (
        ("en", f"There are {grouped} things"),
        ("ru", f"Есть {grouped.replace(',', chr(0xA0))} вещей"),
        ("ko", f"물건이 {_korean(value)}개 있다"),
    ):
        assert difference(read_numbers(french, "fr"), read_numbers(text, language)) == ((), ()), text


@given(st.integers(2, 999_999))
def test_a_spelled_number_is_the_figure_it_spells(value: int) -> None:
    assert [n.keys[0] for n in read_numbers(_french_words(value), "fr")] == [value]
    assert [n.keys[0] for n in read_numbers(_english_words(value), "en")] == [value]


@given(st.integers(3, 10**9), st.integers(3, 10**9))
def test_another_figure_is_another_number(left: int, right: int) -> None:
    lost, added = difference(read_numbers(f"{left} voix", "fr"), read_numbers(f"{right} votes", "en"))
    assert (left == right) == (not lost and not added)


@given(st.text(), st.sampled_from([*LANGUAGES, "xx"]))
def test_reading_numbers_never_fails_and_stays_in_the_text(text: str, language: str) -> None:
    for number in read_numbers(text, language):
        assert 0 <= number.start < number.end <= len(text)
        assert number.keys


@given(st.lists(st.text("0123456789 .,:/-h\u00a0\u202f만억조시분년월일 XIVe°%", max_size=12), max_size=8))
def test_odd_figures_are_read_without_failing(pieces: list[str]) -> None:
    for language in LANGUAGES:
        read_numbers(" et ".join(pieces), language)


@given(st.lists(st.integers(0, 12), max_size=8), st.randoms())
def test_the_order_of_the_numbers_does_not_matter(values: list[int], random: object) -> None:
    numbers = [Number(place, place + 1, (value,)) for place, value in enumerate(values)]
    other = [Number(place, place + 1, (value,)) for place, value in enumerate(sorted(values))]
    assert difference(numbers, other) == ((), ())


def test_a_small_word_that_stays_alone_is_not_missed_but_a_changed_one_is() -> None:
    two, both = Number(0, 4, (2,), Strength.WORD), Number(0, 4, (2,), Strength.HINT)
    five = Number(0, 4, (5,), Strength.WORD)
    assert difference([two], []) == ((), ())
    assert difference([two], [both]) == ((), ())
    assert difference([two], [five]) == ((two,), (five,))


def _korean(value: int) -> str:
    parts = []
    for name, scale in (("조", 10**12), ("억", 10**8), ("만", 10**4), ("", 1)):
        if count := value // scale:
            parts.append(f"{count:,}{name}")
            value %= scale
    return " ".join(parts) or "0"


_FRENCH = listed("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize")
_FRENCH_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}


def _french_words(value: int) -> str:
    """The number in words, in the spelling of 1990 but for the hyphens around cent and mille."""
    if value >= 1000:
        head = "mille" if value // 1000 == 1 else f"{_french_words(value // 1000)} mille"
        return head + (f" {_french_words(value % 1000)}" if value % 1000 else "")
    if value >= 100:
        head = "cent" if value // 100 == 1 else f"{_FRENCH[value // 100]} cent"
        return head + (f" {_french_words(value % 100)}" if value % 100 else "")
    if value <= 16:
        return _FRENCH[value]
    tens, units = divmod(value, 10)
    if tens in {1, 7, 9}:
        tens, units = tens - 1, units + 10
    if not tens:
        return f"dix-{_FRENCH[units - 10]}"
    if not units:
        return _FRENCH_TENS[tens]
    joint = " et " if units in {1, 11} and tens < 8 else "-"
    return f"{_FRENCH_TENS[tens]}{joint}{_french_words(units)}"


_ENGLISH = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ENGLISH_TENS = listed("_ _ twenty thirty forty fifty sixty seventy eighty ninety")


def _english_words(value: int) -> str:
    if value >= 1000:
        rest = f" {_english_words(value % 1000)}" if value % 1000 else ""
        return f"{_english_words(value // 1000)} thousand{rest}"
    if value >= 100:
        rest = f" and {_english_words(value % 100)}" if value % 100 else ""
        return f"{_ENGLISH[value // 100]} hundred{rest}"
    if value < 20:
        return _ENGLISH[value]
    return _ENGLISH_TENS[value // 10] + (f"-{_ENGLISH[value % 10]}" if value % 10 else "")
