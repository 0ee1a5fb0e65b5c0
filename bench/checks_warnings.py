"""Plants the errors that earn a warning; see `checks_planting`."""

import re
from collections.abc import Iterator
from random import Random
from typing import Final

from bench.checks_planting import Row, broken, kind, replaced
from webapp.checks.base import CheckInput
from webapp.checks.reading.names import read_names
from webapp.checks.tables.acronym_forms import ACRONYMS
from webapp.checks.tables.listed import listed


@kind("another unit", "units", is_error=False)
def _unit_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    swaps = {
        "en": (("euros", "dollars"), ("dollars", "roubles"), ("metres", "litres"), ("hectares", "tonnes"), ("%", "")),
        "ru": (("евро", "долларов"), ("долларов", "рублей"), ("метров", "литров"), ("гектаров", "тонн"), ("%", "")),
        "ko": (("유로", "달러"), ("달러", "엔"), ("미터", "리터"), ("헥타르", "톤"), ("%", "")),
    }
    for old, new in swaps[language]:
        if old in row[language] and not (old == "%" and "point" in row["fr"]):
            yield broken(row, language, row[language].replace(old, new))


_DAYS: Final = {
    "en": listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    "ru": listed("понедельник вторник среду четверг пятницу субботы воскресенье"),
    "ko": listed("월요일 화요일 수요일 목요일 금요일 토요일 일요일"),
}


@kind("another day of the week", "weekdays", is_error=False)
def _weekday_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for index, day in enumerate(_DAYS[language]):
        if day in row[language]:
            yield broken(row, language, row[language].replace(day, _DAYS[language][(index + random.randint(1, 4)) % 7]))


@kind("a denial lost", "negation", is_error=False)
def _denial_lost(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    patterns = {
        "en": (r"never received any", "received a"), "ru": (r"\bне |\bникакого ", ""), "ko": ("지 못했다", "었다"),
    }  # fmt: skip
    for pattern, new in (
        patterns[language],
        {"en": (r"(?:did |has |will )not ", ""), "ru": (r" ни ", " "), "ko": ("지 않", "")}[language],
    ):
        if "jamais" in row["fr"] or " pas " in row["fr"]:
            changed = re.sub(pattern, new, row[language])
            if changed != row[language]:
                yield broken(row, language, changed)


@kind("a name lost", "names", is_error=False)
def _name_lost(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if not read_names(row["fr"]):
        return
    names = {
        "en": r"(?:(?<=[a-z.] )|^)[A-ZÉ]\w+ (?=[A-Z]\w+)[A-Z]\w+", "ru": r"[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+", "ko": r"",
    }  # fmt: skip
    if language != "ko" and re.search(names[language], row[language]):
        yield broken(row, language, re.sub(names[language], {"en": "the man", "ru": "он"}[language], row[language]))


@kind("attribution lost", "attribution", is_error=False)
def _speaker_lost(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    quoted = re.search("“[^”]{15,}”|«[^»]{15,}»", row[language])
    if quoted and re.match("«", row["fr"]) and "," in row["fr"].split("»")[-1]:
        yield broken(row, language, quoted.group())


@kind("a small letter first, or all capitals", "capitals", is_error=False)
def _capitals(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if language != "ko" and row[language][0].isalpha():
        yield broken(row, language, row[language][0].lower() + row[language][1:])
        yield broken(row, language, row[language].upper())


@kind("the final mark lost", "final-mark", is_error=False)
def _final_mark(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if row[language][-1] in ".?":
        yield broken(row, language, row[language][:-1])


@kind("a word twice", "doubled-word", is_error=False)
def _doubled(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    words = row[language].split(" ")
    place = next(i for i, word in enumerate(words) if len(word) > 2 and word.isalpha())
    yield broken(row, language, " ".join([*words[: place + 1], *words[place:]]))


@kind("French quotation marks", "quote-style", is_error=False)
def _quote_style(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if re.search("“.*”|«.*»", row[language]):
        yield broken(row, language, re.sub("[“«]", "«\u00a0", re.sub("[”»]", "\u00a0»", row[language])))
        yield broken(row, language, re.sub("[“«„”»]", '"', row[language]))


@kind("figures in the French way", "number-format", is_error=False)
def _number_format(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    mark, other = (",", ".") if language == "ru" else (r"\.", ",")
    if re.search(rf"[0-9]{mark}[0-9]{{1,2}}(?=[\s\u00a0%]|мл|억|유로)", row[language]) and not re.search(
        "магнитуд|евро", row[language]
    ):
        yield broken(row, language, re.sub(rf"(?<=[0-9]){mark}(?=[0-9]{{1,2}}(?![0-9]))", other, row[language]))


@kind("a French acronym kept", "acronyms", is_error=False)
def _acronym(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for french, forms in ACRONYMS.items():
        if french in row["fr"]:
            changed = row[language]
            for form in forms[language]:
                changed = changed.replace(form, french)
            yield broken(row, language, changed)


@kind("Korean spacing", "korean-spacing", is_error=False)
def _korean_spacing(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if language == "ko":
        yield broken(row, language, row["ko"].replace(".", "。"))
        yield broken(row, language, row["ko"] + "그는 떠났다.")
        yield broken(row, language, row["ko"] + " EU 는 침묵했다.")


@kind("a hyphen for a Russian dash", "russian-typography", is_error=False)
def _hyphen(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if language == "ru" and re.search(r"\u00a0— (?=[а-яё])", row["ru"]):
        yield broken(row, language, row["ru"].replace("\u00a0— ", " - "))


@kind("a doubtful draft", "low-confidence", is_error=False)
def _doubtful(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    yield broken(row, language, row[language], confidence=0.04)


@kind("somewhat too short", "length", is_error=False)
def _short(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    yield broken(row, language, replaced(row[language], len(row[language]) // 3, len(row[language]), ""))
