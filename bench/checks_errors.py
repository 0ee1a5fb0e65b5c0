"""Plants every kind of error into correct translations, to see which of them the checks find.

A planter takes a row (the French with its translations) and a target, and yields broken inputs; nothing where the error
cannot be made. The same rows give the same errors each time.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from webapp.checks.base import CheckInput, Term, TermPolicy
from webapp.checks.reading.dates import read_dates
from webapp.checks.reading.numbers import read_numbers
from webapp.checks.reading.values import Strength

Row = dict[str, str]
Planter = Callable[[Row, str, Random], Iterator[CheckInput]]


@dataclass(frozen=True)
class Kind:
    """One kind of error: the check that must find it, whether as an error, and how to make it."""

    name: str
    check: str
    is_error: bool
    plant: Planter


_KINDS: list[Kind] = []


def _kind(name: str, check: str, *, is_error: bool = True) -> Callable[[Planter], Planter]:
    def keep(planter: Planter) -> Planter:
        _KINDS.append(Kind(name, check, is_error, planter))
        return planter

    return keep


def kinds() -> tuple[Kind, ...]:
    """Every kind of error, those that must be errors first."""
    return tuple(sorted(_KINDS, key=lambda kind: not kind.is_error))


def _input(row: Row, language: str, target: str, **more: object) -> CheckInput:
    return CheckInput(source=row["fr"], target=target, language=language, **more)  # type: ignore[arg-type] # fields by name


def _replaced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _figures(row: Row, language: str) -> list[re.Match[str]]:
    """Runs of digits that no date reading claims (Korean writes months in digits)."""
    dates = read_dates(row[language], language)
    return [
        m for m in re.finditer(r"(?<![A-Za-z0-9])[0-9]+", row[language]) if not any(d.start <= m.start() < d.end for d in dates)
    ]


# --- numbers ----------------------------------------------------------------------------------------------------------


@_kind("a digit changed", "numbers")
def _digit_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for match in _figures(row, language):
        place = random.randrange(match.start(), match.end())
        digit = str((int(row[language][place]) + random.randint(1, 8)) % 9 + 1)
        if digit != row[language][place]:
            yield _input(row, language, _replaced(row[language], place, place + 1, digit))


@_kind("digits doubled", "numbers")
def _digits_doubled(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for match in _figures(row, language):
        yield _input(row, language, _replaced(row[language], match.start(), match.end(), match.group() * 2))


@_kind("a decimal mark lost", "numbers")
def _decimal_lost(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    mark = "," if language == "ru" else r"\."
    for match in re.finditer(rf"(?<=[0-9]){mark}(?=[0-9])", row[language]):
        yield _input(row, language, _replaced(row[language], match.start(), match.end(), ""))


_SCALES: Final = {
    "en": (("billion", "million"), ("million", "billion")),
    "ru": (("млрд", "млн"), ("млн", "тыс.")),
    "ko": (("억", "만"), ("만", "천")),
}


@_kind("million for billion", "numbers")
def _scale_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for old, new in _SCALES[language]:
        if match := re.search(rf"(?<=[0-9]){old}|(?<=[0-9][ \u00a0]){old}(?=[ ,.])", row[language]):
            yield _input(row, language, _replaced(row[language], match.start(), match.end(), new))


@_kind("a figure left out", "numbers")
def _figure_lost(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    french = {key for n in read_numbers(row["fr"], "fr") if n.strength is Strength.FIGURE for key in n.keys[:1]}
    for number in read_numbers(row[language], language):
        text = row[language][number.start : number.end]
        if number.strength is Strength.FIGURE and text[0].isdigit() and number.keys[0] in french - {1}:
            start = number.start - (number.start > 0 and row[language][number.start - 1] in " \u00a0")
            yield _input(row, language, _replaced(row[language], start, number.end, ""))


@_kind("a figure added", "numbers")
def _figure_added(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    added = {"en": ", including 37 on Monday", "ru": ", из них 37 в понедельник", "ko": " 이 중 37명은 월요일이다."}[language]
    yield _input(row, language, row[language].rstrip(".") + added)


_WORDS: Final = {
    "en": "two:five three:eight four:nine seven:four eleven:thirteen sixty:ninety thirty:forty "
    "twenty-seven:twenty-nine forty-eight:thirty-eight",
    "ru": "двое:пятеро три:восемь четыре:девять семеро:четверо одиннадцати:тринадцати шестьдесят:девяносто тридцать:сорок "
    "два:шесть сорок:двадцать",
    "ko": "두:다섯 세:여덟 네:아홉",
}


@_kind("a spelled number changed", "numbers")
def _word_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for pair in _WORDS[language].split():
        old, new = pair.split(":")
        if match := re.search(rf"(?<![^\W_-]){old}(?= )", row[language], re.IGNORECASE):
            yield _input(row, language, _replaced(row[language], match.start(), match.end(), new))


@_kind("another time of day", "numbers")
def _time_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    swaps = {"en": (("p.m.", "a.m."), ("a.m.", "p.m.")), "ru": (("18:30", "8:30"), ("20:00", "8:00"), ("утра", "вечера"))}
    for old, new in {**swaps, "ko": (("오후 ", "오전 "), ("오전 ", "오후 "), ("새벽 ", "오후 "))}[language]:
        if old in row[language] and re.search(r"\d ?h|heures", row["fr"]):
            yield _input(row, language, row[language].replace(old, new, 1))


# --- dates ------------------------------------------------------------------------------------------------------------

_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ko": "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
}


@_kind("another month", "dates")
def _month_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    months = _MONTHS[language].split()
    for index, month in enumerate(months):
        if match := re.search(rf"(?<![^\W_]){month}(?![^\W\d_])", row[language]):
            other = months[(index + random.randint(1, 11)) % 12]
            yield _input(row, language, _replaced(row[language], match.start(), match.end(), other))


@_kind("another day of the month", "dates")
def _day_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    pattern = {"en": r"(?<=[a-z] )\d{1,2}(?=,? \d{4})", "ru": r"\d{1,2}(?= [а-я]+ \d{4})", "ko": r"(?<=월 )\d{1,2}(?=일)"}[
        language
    ]
    for match in re.finditer(pattern, row[language]):
        day = (int(match.group()) + random.randint(1, 26)) % 28 + 1
        if day != int(match.group()) and len(read_dates(row["fr"], "fr")) == 1 and " au " not in row["fr"]:
            yield _input(row, language, _replaced(row[language], match.start(), match.end(), str(day)))


# --- words ------------------------------------------------------------------------------------------------------------

_TERMS: Final = (
    # French, then per target: the required term, another word for it
    ("préfet", {"en": ("prefect", "governor"), "ru": ("префект", "губернатор"), "ko": ("지사", "시장")}),
    ("procès", {"en": ("trial", "lawsuit"), "ru": ("процесс", "дело"), "ko": ("재판", "소송")}),
    (
        "salaire minimum",
        {"en": ("minimum wage", "basic pay"), "ru": ("минимальная зарплата", "базовый оклад"), "ko": ("최저임금", "기본급")},
    ),
    ("dette", {"en": ("debt", "loan"), "ru": ("долг", "заём"), "ko": ("부채", "차입금")}),
    ("chômage", {"en": ("unemployment", "joblessness"), "ru": ("безработица", "незанятость"), "ko": ("실업률", "실직률")}),
    ("députée", {"en": ("lawmaker", "senator"), "ru": ("депутат", "сенатор"), "ko": ("의원", "위원")}),
    ("séisme", {"en": ("earthquake", "tremor"), "ru": ("землетрясение", "потрясение"), "ko": ("지진", "진동")}),
    ("musée", {"en": ("museum", "gallery"), "ru": ("музей", "галерея"), "ko": ("박물관", "미술관")}),
)


def terms(language: str) -> tuple[Term, ...]:
    """The glossary of the correct sentences: they obey it."""
    return tuple(Term(french, forms[language][0], forbidden=(forms[language][1],)) for french, forms in _TERMS)


@_kind("a term of the glossary missed", "glossary")
def _term_missed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for french, forms in _TERMS:
        right, wrong = forms[language]
        if re.search(rf"\b{french}\b", row["fr"]) and (
            match := re.search(re.escape(right[:-1]) + r"\w*", row[language], re.IGNORECASE)
        ):
            yield _input(row, language, _replaced(row[language], match.start(), match.end(), wrong), terms=(Term(french, right),))


@_kind("a forbidden term used", "glossary")
def _term_forbidden(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for french, forms in _TERMS:
        wrong = forms[language][1]
        if re.search(rf"\b{french}\b", row["fr"]):
            banned = Term(french, wrong, policy=TermPolicy.NEVER)
            yield _input(row, language, f"{row[language]} {wrong}", terms=(banned,))


@_kind("quotation marks lost", "quotes-kept")
def _quotes_lost(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if re.search(r"«.{30,}»", row["fr"]):
        yield _input(row, language, re.sub("[«»“”„‘]|’(?![a-z])", "", row[language]))


@_kind("the French left standing", "untranslated")
def _untranslated(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    yield _input(row, language, row["fr"])
    words = row["fr"].split(" ")
    kept = (len(words) * 4) // 5
    yield _input(row, language, " ".join(words[:kept] + row[language].split(" ")[-2:]))


@_kind("a word in another script", "script")
def _foreign_word(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    strange = {
        "en": ("правительство", "정부"),
        "ru": ("правительgovernment", "정부", "Wednesday"),
        "ko": ("правительство", "している", "government"),
    }
    words = row[language].split(" ")
    for word in strange[language]:
        place = random.randrange(1, len(words))
        yield _input(row, language, " ".join([*words[:place], word, *words[place + 1 :]]))


@_kind("one letter of another script", "script")
def _look_alike(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if language == "ru":
        for match in list(re.finditer(r"(?<=[а-я])[аоесрх](?=[а-я])", row["ru"]))[:2]:
            latin = match.group().translate(str.maketrans("аоесрх", "aoecpx"))
            yield _input(row, language, _replaced(row["ru"], match.start(), match.end(), latin))


@_kind("half of it in English", "script")
def _half_english(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if language != "en":
        words, english = row[language].split(" "), row["en"].split(" ")
        yield _input(row, language, " ".join(words[: len(words) // 2] + english[len(english) // 2 :]))


@_kind("little words of the pivot left", "residue|script")
def _pivot_residue(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    little = ("dans", "avec") if language == "en" else ("the", "of", "and")
    words = row[language].split(" ")
    for word in little:
        place = random.randrange(1, len(words))
        yield _input(row, language, " ".join([*words[:place], word, *words[place:]]))


# --- what machines do -------------------------------------------------------------------------------------------------


@_kind("a word again and again", "loop")
def _word_loop(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    words = row[language].split(" ")
    place = random.randrange(1, len(words))
    yield _input(row, language, " ".join([*words[:place], *[words[place].strip(".,;?!“”«»")] * 4, *words[place:]]))


@_kind("a phrase again and again", "loop")
def _phrase_loop(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    words = row[language].split(" ")
    size = random.randint(2, 3)
    place = random.randrange(0, len(words) - size)
    yield _input(row, language, " ".join([*words[: place + size], *words[place : place + size] * 3, *words[place + size :]]))


@_kind("syllables again and again", "loop")
def _letter_loop(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    syllables = {"en": "nanananana", "ru": "нанананана", "ko": "하하하하하하하하하"}[language]
    yield _input(row, language, row[language].rstrip(".") + " " + syllables + ".")


@_kind("subtitle noise", "noise")
def _noise(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    noise = {"en": "(applause)", "ru": "Субтитры сделал DimaTorzok", "ko": "시청해주셔서 감사합니다"}[language]
    yield _input(row, language, f"{row[language]} {noise}")
    yield _input(row, language, f"♪ {row[language]} ♪")
    yield _input(row, language, f"{row[language]} www.example.com/subs")


@_kind("machine debris", "debris")
def _debris(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    words = row[language].split(" ")
    place = random.randrange(1, len(words))
    for debris in ("&quot;", "<unk>", "⁇", "\u2581", "&#39;"):
        yield _input(row, language, " ".join([*words[:place], debris + words[place], *words[place + 1 :]]))
    yield _input(row, language, row[language].rstrip(".?!") + " .")
    yield _input(row, language, row[language].rstrip(".?!") + "..")


@_kind("nothing there", "empty")
def _nothing(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    yield _input(row, language, "")
    yield _input(row, language, " …")


@_kind("most of it left out", "length")
def _cut(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    yield _input(row, language, row[language][: max(3, len(row[language]) // 8)])


@_kind("another text added", "length|loop")
def _swollen(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    words = row[language].rstrip(".?").split(" ")
    copies = [" ".join(random.sample(words, len(words))) for _ in range(4)]
    yield _input(row, language, ". ".join([row[language], *copies]))
