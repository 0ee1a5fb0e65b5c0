"""Plants wrong, foreign and repeated words, and what machines leave behind; see `checks_planting`."""

import re
from collections.abc import Iterator
from random import Random
from typing import Final

from bench.checks_planting import Row, broken, kind, replaced
from webapp.checks.base import CheckInput, Term, TermPolicy

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


@kind("a term of the glossary missed", "glossary")
def _term_missed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for french, forms in _TERMS:
        right, wrong = forms[language]
        if re.search(rf"\b{french}\b", row["fr"]) and (
            match := re.search(re.escape(right[:-1]) + r"\w*", row[language], re.IGNORECASE)
        ):
            yield broken(row, language, replaced(row[language], match.start(), match.end(), wrong), terms=(Term(french, right),))


@kind("a forbidden term used", "glossary")
def _term_forbidden(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for french, forms in _TERMS:
        wrong = forms[language][1]
        if re.search(rf"\b{french}\b", row["fr"]):
            banned = Term(french, wrong, policy=TermPolicy.NEVER)
            yield broken(row, language, f"{row[language]} {wrong}", terms=(banned,))


@kind("quotation marks lost", "quotes-kept")
def _quotes_lost(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if re.search(r"«.{30,}»", row["fr"]):
        yield broken(row, language, re.sub("[«»“”„‘]|’(?![a-z])", "", row[language]))


@kind("the French left standing", "untranslated")
def _untranslated(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    yield broken(row, language, row["fr"])
    words = row["fr"].split(" ")
    kept = (len(words) * 4) // 5
    yield broken(row, language, " ".join(words[:kept] + row[language].split(" ")[-2:]))


@kind("a word in another script", "script")
def _foreign_word(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    strange = {
        "en": ("правительство", "정부"),
        "ru": ("правительgovernment", "정부", "Wednesday"),
        "ko": ("правительство", "している", "government"),
    }
    words = row[language].split(" ")
    for word in strange[language]:
        place = random.randrange(1, len(words))
        yield broken(row, language, " ".join([*words[:place], word, *words[place + 1 :]]))


@kind("one letter of another script", "script")
def _look_alike(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if language == "ru":
        for match in list(re.finditer(r"(?<=[а-я])[аоесрх](?=[а-я])", row["ru"]))[:2]:
            latin = match.group().translate(str.maketrans("аоесрх", "aoecpx"))
            yield broken(row, language, replaced(row["ru"], match.start(), match.end(), latin))


@kind("half of it in English", "script")
def _half_english(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    if language != "en":
        words, english = row[language].split(" "), row["en"].split(" ")
        yield broken(row, language, " ".join(words[: len(words) // 2] + english[len(english) // 2 :]))


@kind("little words of the pivot left", "residue|script")
def _pivot_residue(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    little = ("dans", "avec") if language == "en" else ("the", "of", "and")
    words = row[language].split(" ")
    for word in little:
        place = random.randrange(1, len(words))
        yield broken(row, language, " ".join([*words[:place], word, *words[place:]]))


@kind("a French word left standing", "residue|script")
def _french_left(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    common = [w for w in re.findall(r"(?<![\w’'])[a-zà-ÿ]{5,}(?![\w])", row["fr"]) if language != "en" or not w.isascii()]
    words = row[language].split(" ")
    for word in common[:2]:
        place = random.randrange(1, len(words))
        yield broken(row, language, " ".join([*words[:place], word.lower(), *words[place + 1 :]]))


# --- what machines do -------------------------------------------------------------------------------------------------


@kind("a word again and again", "loop")
def _word_loop(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    words = row[language].split(" ")
    place = random.randrange(1, len(words))
    yield broken(row, language, " ".join([*words[:place], *[words[place].strip(".,;?!“”«»")] * 4, *words[place:]]))


@kind("a phrase again and again", "loop")
def _phrase_loop(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    words = row[language].split(" ")
    size = random.randint(2, 3)
    place = random.randrange(0, len(words) - size)
    yield broken(row, language, " ".join([*words[: place + size], *words[place : place + size] * 3, *words[place + size :]]))


@kind("syllables again and again", "loop")
def _letter_loop(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    syllables = {"en": "nanananana", "ru": "нанананана", "ko": "하하하하하하하하하"}[language]
    yield broken(row, language, row[language].rstrip(".") + " " + syllables + ".")


@kind("subtitle noise", "noise")
def _noise(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    noise = {"en": "(applause)", "ru": "Субтитры сделал DimaTorzok", "ko": "시청해주셔서 감사합니다"}[language]
    yield broken(row, language, f"{row[language]} {noise}")
    yield broken(row, language, f"♪ {row[language]} ♪")
    yield broken(row, language, f"{row[language]} www.example.com/subs")


@kind("machine debris", "debris")
def _debris(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    words = row[language].split(" ")
    place = random.randrange(1, len(words))
    for debris in ("&quot;", "<unk>", "⁇", "\u2581", "&#39;"):
        yield broken(row, language, " ".join([*words[:place], debris + words[place], *words[place + 1 :]]))
    yield broken(row, language, row[language].rstrip(".?!") + " .")
    yield broken(row, language, row[language].rstrip(".?!") + "..")


@kind("nothing there", "empty")
def _nothing(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    yield broken(row, language, "")
    yield broken(row, language, " …")


@kind("most of it left out", "length")
def _cut(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    yield broken(row, language, row[language][: max(3, len(row[language]) // 8)])


@kind("another text added", "length|loop")
def _swollen(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    words = row[language].rstrip(".?").split(" ")
    copies = [" ".join(random.sample(words, len(words))) for _ in range(4)]
    yield broken(row, language, ". ".join([row[language], *copies]))
