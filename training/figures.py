"""Parallel lines full of figures: templates whose slots are written as each language writes numbers.

A small model miscopies figures (3,2 % becomes 32 %) because news shows each number once. The templates in
``corpus/figures.templates.tsv`` are filled with random values, so that the same digits meet each other in French,
English, Russian and Korean: decimal signs, thousands, millions and billions (만 and 억 in Korean), money, dates, hours,
ages, scores, and nouns counted in the Russian way.

Training makes its own; this prints some to look at:

usage: python -m training.figures LINES [--seed N]
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from training.corpus import COLUMNS, CORPUS, Direction, TextPair

TEMPLATES = CORPUS / "figures.templates.tsv"
SLOT = re.compile(r"\{(\w+)\}")


class Four(NamedTuple):
    """One text in the four languages, in the order of the corpus's columns."""

    fr: str
    en: str
    ru: str
    ko: str


def same(text: str) -> Four:
    """Return the text in all four places."""
    return Four(text, text, text, text)


def russian_plural(number: int, one: str, few: str, many: str) -> str:
    """Choose the Russian form after a number (CLDR plural rules for ``ru``)."""
    if number % 10 == 1 and number % 100 != 11:
        return one
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return few
    return many


def group(number: int, separator: str) -> str:
    """Write an integer with its thousands separated."""
    return f"{number:,}".replace(",", separator)


def korean_integer(number: int) -> str:
    """Write an integer as Korean newspapers do: 198000 is ``19만 8,000``, 142000000 is ``1억 4,200만``."""
    parts = []
    for size, name in ((10**12, "조"), (10**8, "억"), (10**4, "만")):
        if number >= size:
            parts.append(f"{number // size:,}{name}")
            number %= size
    if number or not parts:
        parts.append(f"{number:,}")
    return " ".join(parts)


def integer(number: int) -> Four:
    """Write an integer in the four languages; Russian leaves four digits together."""
    russian = str(number) if number < 10_000 else group(number, " ")
    return Four(group(number, " "), group(number, ","), russian, korean_integer(number))


def decimal(number: str) -> Four:
    """Write a decimal given with a point: a comma in French and Russian."""
    whole, _, fraction = number.partition(".")
    if not fraction:
        return integer(int(whole))
    spaced = integer(int(whole))
    return Four(f"{spaced.fr},{fraction}", f"{spaced.en}.{fraction}", f"{spaced.ru},{fraction}", f"{int(whole):,}.{fraction}")


def percent(rng: random.Random) -> Four:
    """Write a percentage, small ones more often."""
    value = rng.choice((rng.uniform(0, 10), rng.uniform(0, 100), rng.uniform(0, 160)))
    text = f"{value:.1f}" if rng.random() < 0.6 else str(max(1, round(value)))
    fr, en, ru, ko = decimal(text)
    return Four(f"{fr} %", f"{en}%", f"{ru} %", f"{ko}%")


def money(rng: random.Random) -> Four:
    """Write a sum in millions or billions of euros or dollars."""
    unit, scale = rng.choice((("million", 10**6), ("milliard", 10**9)))
    tenths = rng.choice((rng.randint(11, 99), rng.randint(2, 99) * 10, rng.randint(10, 99) * 100))
    text = f"{tenths / 10:.1f}".removesuffix(".0")
    fr, en, ru, _ = decimal(text)
    korean = korean_integer(tenths * scale // 10)
    plural = "" if tenths < 20 else "s"
    english, russian = {"million": ("million", "млн"), "milliard": ("billion", "млрд")}[unit]
    if rng.random() < 0.5:
        return Four(f"{fr} {unit}{plural} d'euros", f"{en} {english} euros", f"{ru} {russian} евро", f"{korean} 유로")
    return Four(f"{fr} {unit}{plural} de dollars", f"${en} {english}", f"{ru} {russian} долларов", f"{korean} 달러")


def price(rng: random.Random) -> Four:
    """Write a sum in euros."""
    number = rng.choice((rng.randint(12, 999), rng.randint(100, 999) * 10, rng.randint(10, 950) * 1000))
    fr, en, ru, ko = integer(number)
    return Four(f"{fr} euros", f"{en} euros", f"{ru} евро", f"{ko}유로")


MONTHS = (
    Four("janvier", "January", "января", "1월"),
    Four("février", "February", "февраля", "2월"),
    Four("mars", "March", "марта", "3월"),
    Four("avril", "April", "апреля", "4월"),
    Four("mai", "May", "мая", "5월"),
    Four("juin", "June", "июня", "6월"),
    Four("juillet", "July", "июля", "7월"),
    Four("août", "August", "августа", "8월"),
    Four("septembre", "September", "сентября", "9월"),
    Four("octobre", "October", "октября", "10월"),
    Four("novembre", "November", "ноября", "11월"),
    Four("décembre", "December", "декабря", "12월"),
)
LOCATIVE_MONTHS = (
    *("январе", "феврале", "марте", "апреле", "мае", "июне"),
    *("июле", "августе", "сентябре", "октябре", "ноябре", "декабре"),
)


def month(rng: random.Random) -> Four:
    """Name a month, in the Russian locative."""
    index = rng.randrange(12)
    return MONTHS[index]._replace(ru=LOCATIVE_MONTHS[index])


def day_month(rng: random.Random) -> Four:
    """Write a day of a month without its year."""
    name, day = rng.choice(MONTHS), rng.randint(1, 28)
    return Four(f"{'1er' if day == 1 else day} {name.fr}", f"{name.en} {day}", f"{day} {name.ru}", f"{name.ko} {day}일")


def date(rng: random.Random) -> Four:
    """Write a date with its year."""
    fr, en, ru, ko = day_month(rng)
    number = rng.randint(1920, 2029)
    return Four(f"{fr} {number}", f"{en}, {number}", f"{ru} {number} года", f"{number}년 {ko}")


def time_of_day(rng: random.Random) -> Four:
    """Write an hour with minutes."""
    hour, minute = rng.randint(1, 23), rng.choice((0, 15, 30, 45, rng.randint(1, 59)))
    twelve = (hour - 1) % 12 + 1
    half, english = ("오전", "a.m.") if hour < 12 else ("오후", "p.m.")
    french = f"{hour} heures" if minute == 0 else f"{hour}h{minute:02}"
    french = "1 heure" if french == "1 heures" else french
    return Four(
        french,
        f"{twelve} {english}" if minute == 0 else f"{twelve}:{minute:02} {english}",
        f"{hour}:{minute:02}",
        f"{half} {twelve}시" + (f" {minute}분" if minute else ""),
    )


class Counted(NamedTuple):
    """A noun that is counted: French and English plurals, the three Russian forms, Korean noun and counter."""

    fr: str
    en: str
    ru: tuple[str, str, str]
    ko: tuple[str, str]
    low: int
    high: int


COUNTED = {
    "people": Counted("personnes", "people", ("человек", "человека", "человек"), ("", "명"), 2, 900),
    "patients": Counted("patients", "patients", ("пациент", "пациента", "пациентов"), ("환자", "명"), 20, 40_000),
    "tourists": Counted("touristes", "tourists", ("турист", "туриста", "туристов"), ("관광객", "명"), 300, 900_000),
    "employees": Counted("salariés", "employees", ("сотрудник", "сотрудника", "сотрудников"), ("직원", "명"), 20, 30_000),
    "inhabitants": Counted("habitants", "inhabitants", ("житель", "жителя", "жителей"), ("주민", "명"), 900, 900_000),
    "spectators": Counted("spectateurs", "spectators", ("зритель", "зрителя", "зрителей"), ("관객", "명"), 900, 900_000),
    "hectares": Counted("hectares", "hectares", ("гектар", "гектара", "гектаров"), ("", "헥타르"), 20, 30_000),
    "km": Counted("kilomètres", "kilometres", ("километр", "километра", "километров"), ("", "킬로미터"), 3, 3_000),
    "tonnes": Counted("tonnes", "tonnes", ("тонна", "тонны", "тонн"), ("", "톤"), 20, 900_000),
    "hours": Counted("heures", "hours", ("час", "часа", "часов"), ("", "시간"), 2, 96),
    "days": Counted("jours", "days", ("день", "дня", "дней"), ("", "일"), 2, 60),
    "years": Counted("ans", "years", ("год", "года", "лет"), ("", "년"), 2, 30),
    "planes": Counted("avions", "planes", ("самолёт", "самолёта", "самолётов"), ("항공기", "대"), 2, 180),
    "deg": Counted("degrés", "degrees", ("градус", "градуса", "градусов"), ("", "도"), 3, 47),
}


def amount(rng: random.Random, low: int, high: int) -> int:
    """Draw a number that a newspaper would print, never one that ends in 1 (Russian verbs would turn singular)."""
    while True:
        number = int(low * (high / low) ** rng.random() + 0.5)
        if number > 1000 and rng.random() < 0.7:
            number = round(number, -2) if number < 20_000 else round(number, -3)
        if number % 10 != 1:
            return number


def counted(noun: Counted) -> Callable[[random.Random], Four]:
    """Return a writer of the noun with a random number."""

    def write(rng: random.Random) -> Four:
        number = amount(rng, noun.low, noun.high)
        fr, en, ru, ko = integer(number)
        korean = f"{noun.ko[0]} {ko}{noun.ko[1]}".strip()
        return Four(f"{fr} {noun.fr}", f"{en} {noun.en}", f"{ru} {russian_plural(number, *noun.ru)}", korean)

    return write


def fours(*rows: tuple[str, str, str, str]) -> Callable[[random.Random], Four]:
    """Return a writer that picks one of the rows."""
    table = [Four(*row) for row in rows]
    return lambda rng: rng.choice(table)


def plain(low: int, high: int) -> Callable[[random.Random], Four]:
    """Return a writer of a bare integer."""
    return lambda rng: same(str(rng.randint(low, high)))


def decimals(low: float, high: float, places: int) -> Callable[[random.Random], Four]:
    """Return a writer of a decimal number."""
    return lambda rng: decimal(f"{rng.uniform(low, high):.{places}f}")


def score(rng: random.Random) -> Four:
    """Write the result of a match."""
    a, b = rng.randint(1, 9), rng.randint(0, 5)
    return Four(f"{a}-{b}", f"{a}-{b}", f"{a}:{b}", f"{a} 대 {b}")


def quarter(rng: random.Random) -> Four:
    """Name a quarter of the year, in the Russian locative."""
    rows = (("premier", "first", "первом", "1"), ("deuxième", "second", "втором", "2"), ("troisième", "third", "третьем", "3"))
    return Four(*rng.choice((*rows, ("quatrième", "fourth", "четвёртом", "4"))))


def adjective_km(rng: random.Random) -> Four:
    """Write a length as each language puts it before a noun."""
    fr, en, ru, ko = counted(COUNTED["km"])(rng)
    return Four(fr, en.replace(" kilometres", "-kilometre"), ru, ko)


DAYS = fours(
    ("lundi", "on Monday", "в понедельник", "월요일"),
    ("mardi", "on Tuesday", "во вторник", "화요일"),
    ("mercredi", "on Wednesday", "в среду", "수요일"),
    ("jeudi", "on Thursday", "в четверг", "목요일"),
    ("vendredi", "on Friday", "в пятницу", "금요일"),
    ("samedi", "on Saturday", "в субботу", "토요일"),
    ("dimanche", "on Sunday", "в воскресенье", "일요일"),
)
PLACES = fours(
    ("à Paris", "in Paris", "в Париже", "파리에서"),
    ("à Marseille", "in Marseille", "в Марселе", "마르세유에서"),
    ("à Lyon", "in Lyon", "в Лионе", "리옹에서"),
    ("à Lille", "in Lille", "в Лилле", "릴에서"),
    ("à Strasbourg", "in Strasbourg", "в Страсбурге", "스트라스부르에서"),
    ("à Bruxelles", "in Brussels", "в Брюсселе", "브뤼셀에서"),
    ("à Genève", "in Geneva", "в Женеве", "제네바에서"),
    ("à Londres", "in London", "в Лондоне", "런던에서"),
    ("à Rome", "in Rome", "в Риме", "로마에서"),
    ("à Vienne", "in Vienna", "в Вене", "빈에서"),
    ("à Varsovie", "in Warsaw", "в Варшаве", "바르샤바에서"),
    ("à Kiev", "in Kyiv", "в Киеве", "키이우에서"),
    ("à Moscou", "in Moscow", "в Москве", "모스크바에서"),
    ("à Séoul", "in Seoul", "в Сеуле", "서울에서"),
    ("à Tokyo", "in Tokyo", "в Токио", "도쿄에서"),
    ("à Pékin", "in Beijing", "в Пекине", "베이징에서"),
    ("au Caire", "in Cairo", "в Каире", "카이로에서"),
    ("à Dakar", "in Dakar", "в Дакаре", "다카르에서"),
    ("à Abidjan", "in Abidjan", "в Абиджане", "아비장에서"),
    ("à Istanbul", "in Istanbul", "в Стамбуле", "이스탄불에서"),
    ("à Beyrouth", "in Beirut", "в Бейруте", "베이루트에서"),
    ("à New York", "in New York", "в Нью-Йорке", "뉴욕에서"),
    ("à Montréal", "in Montreal", "в Монреале", "몬트리올에서"),
    ("dans le nord du Mali", "in northern Mali", "на севере Мали", "말리 북부에서"),
    ("dans l'est de l'Ukraine", "in eastern Ukraine", "на востоке Украины", "우크라이나 동부에서"),
    ("dans le sud de l'Italie", "in southern Italy", "на юге Италии", "이탈리아 남부에서"),
    ("dans l'ouest de la Turquie", "in western Turkey", "на западе Турции", "튀르키예 서부에서"),
    ("dans le centre du Chili", "in central Chile", "в центральной части Чили", "칠레 중부에서"),
    ("dans le sud de la France", "in the south of France", "на юге Франции", "프랑스 남부에서"),
    ("près de la frontière", "near the border", "близ границы", "국경 부근에서"),
)
SOURCES = fours(
    ("selon la police", "according to police", "по данным полиции", "경찰에 따르면"),
    ("selon la préfecture", "according to the prefecture", "по данным префектуры", "도청에 따르면"),
    ("selon les autorités", "according to the authorities", "по данным властей", "당국에 따르면"),
    ("selon un premier bilan", "according to an initial toll", "по предварительным данным", "잠정 집계에 따르면"),
    ("a annoncé le ministère", "the ministry announced", "как объявило министерство", "해당 부처 발표에 따르면"),
    ("selon les syndicats", "according to the unions", "по данным профсоюзов", "노조에 따르면"),
    ("d'après les secours", "according to rescuers", "по данным спасателей", "구조대에 따르면"),
    ("selon l'ONU", "according to the UN", "по данным ООН", "유엔에 따르면"),
)

WRITERS: dict[str, Callable[[random.Random], Four]] = {
    "pct": percent,
    "money": money,
    "price": price,
    "month": month,
    "daymonth": day_month,
    "date": date,
    "time": time_of_day,
    "year": plain(1950, 2050),
    "n": lambda rng: same(str(amount(rng, 12, 590))),
    "age": lambda rng: same(str(amount(rng, 5, 97))),
    "dec": decimals(20, 190, 2),
    "index": decimals(2000, 9999, 2),
    "mag": decimals(3, 8, 1),
    "rate": decimals(0.9, 1.6, 4),
    "score": score,
    "quarter": quarter,
    "kmadj": adjective_km,
    "day": DAYS,
    "place": PLACES,
    "source": SOURCES,
    **{name: counted(noun) for name, noun in COUNTED.items()},
}


def read_templates(path: Path = TEMPLATES) -> list[Four]:
    """Read the four-column templates."""
    return [Four(*line.split("\t")) for line in path.read_text(encoding="utf-8").splitlines()]


def writer_of(slot: str) -> Callable[[random.Random], Four]:
    """Return the writer of a slot; ``pct2`` is a second ``pct``.  Raises KeyError for an unknown slot."""
    return WRITERS[slot] if slot in WRITERS else WRITERS[slot.rstrip("2")]


def slots(template: Four) -> list[str]:
    """Return the slot names of a template, each once, in French order first."""
    return list(dict.fromkeys(name for text in template for name in SLOT.findall(text)))


def fill(template: Four, rng: random.Random) -> Four:
    """Fill a template's slots with the same values in the four languages."""
    names = slots(template)
    values = {name: writer_of(name)(rng) for name in names if name != "kmadj"}
    if "kmadj" in names:
        english = values["km"].en.replace(" kilometres", "-kilometre")
        values["kmadj"] = values["km"]._replace(en=english)
    return Four(*(filled(text, {name: value[column] for name, value in values.items()}) for column, text in enumerate(template)))


def filled(text: str, values: dict[str, str]) -> str:
    """Fill one language's text; it starts with a capital, and ``a.m.`` swallows the full stop."""
    text = SLOT.sub(lambda match: values[match[1]], text)
    return text[:1].upper() + text[1:].replace("m..", "m.")


def lines(count: int, seed: int = 1, templates: list[Four] | None = None) -> list[Four]:
    """Return ``count`` filled lines, the templates in turn, the same ones for the same seed."""
    rng, chosen = random.Random(seed), templates or read_templates()
    return [fill(chosen[number % len(chosen)], rng) for number in range(count)]


def pairs(count: int, direction: Direction, seed: int = 1) -> list[TextPair]:
    """Return filled lines in a direction; none when a language has no column."""
    if not set(direction) <= set(COLUMNS):
        return []
    source, target = (COLUMNS.index(language) for language in direction)
    return [(line[source], line[target]) for line in lines(count, seed)]


def main() -> None:
    """Print generated lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for line in lines(options.lines, options.seed):
        print("\t".join(line))


if __name__ == "__main__":
    main()
