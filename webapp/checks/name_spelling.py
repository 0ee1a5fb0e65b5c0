"""A name has one spelling throughout the article."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Finding, Severity, VersionCheck, VersionExample, VersionInput
from webapp.checks.reading.names import distance, find_name, read_names, sounds
from webapp.checks.reading.words import fold, lower_words
from webapp.checks.tables.name_endings import ENDINGS, SHORTEST_STEM
from webapp.errors import N_

_FEWEST_SOUNDS: Final = 3  # shorter names sound like too many words
_NEARNESS: Final = 0.26


class NameSpelling(VersionCheck):
    """The same person is spelled in two ways: Лавров here, Лаврофф there."""

    slug = "name-spelling"
    severity = Severity.WARNING
    title = N_("Two spellings of a name")
    message = N_("“%(found)s” is spelled “%(usual)s” elsewhere in this article.")

    good = (
        VersionExample(
            "ru",
            (
                ("Le ministre Sergueï Lavrov est arrivé.", "Министр Сергей Лавров прибыл."),
                ("Lavrov a salué son hôte.", "Хозяин встречи поприветствовал Лаврова."),
            ),
        ),
        VersionExample(
            "ko",
            (
                ("Le ministre Sergueï Lavrov est arrivé.", "세르게이 라브로프 장관이 도착했다."),
                ("Lavrov a salué son hôte.", "라브로프는 주최 측에 인사했다."),
            ),
        ),
        VersionExample(
            "en",
            (
                ("Le ministre Sergueï Lavrov est arrivé.", "Minister Sergey Lavrov has arrived."),
                ("L'avion de Lavrov a atterri.", "Lavrov's plane has landed."),
            ),
        ),
    )
    bad = (
        VersionExample(
            "ru",
            (
                ("Élise Marchand dirige l'usine.", "Элиз Маршан руководит заводом."),
                ("Marchand est née à Lyon.", "Маршан родилась в Лионе."),
                ("Selon Marchand, tout va bien.", "По словам Маршанд, всё хорошо."),
            ),
            found=(2,),
        ),
        VersionExample(
            "ko",
            (
                ("Le ministre Sergueï Lavrov est arrivé.", "세르게이 라브로프 장관이 도착했다."),
                ("Lavrov a salué son hôte.", "라브로프는 주최 측에 인사했다."),
                ("Lavrov repart lundi.", "라프로브는 월요일에 떠난다."),
            ),
            found=(2,),
        ),
        VersionExample(
            "en",
            (
                ("Élise Marchand dirige l'usine.", "Élise Marchand runs the plant."),
                ("Marchand est née à Lyon.", "Marchand was born in Lyon."),
                ("Selon Marchand, tout va bien.", "According to Merchand, all is well."),
            ),
            found=(2,),
        ),
    )
    ignored = (
        VersionExample(
            "ko",
            (
                ("Le ministre Sergueï Lavrov est arrivé.", "세르게이 라브로프 장관이 도착했다."),
                ("Lavrov repart lundi.", "라브로프장관은 월요일에 떠난다."),
            ),
        ),
    )

    def find(self, version: VersionInput) -> Iterable[tuple[int, Finding]]:
        found: list[tuple[int, Finding]] = []
        for name, places in _names(version).items():
            spelled = [(index, token) for index in places if (token := _token(name, version, index))]
            counts = Counter(stem_of(token, version.language) for _, token in spelled)
            if len(counts) < 2:
                continue
            # what sounds most like the name, then what is written most often; the first of equals, since dicts keep their order
            usual = min(counts, key=lambda stem: (distance(name, stem), -counts[stem]))
            for index, token in spelled:
                if not _is_same(stem_of(token, version.language), usual, version.language):
                    start = version.sentences[index].target.find(token)
                    span = (start, start + len(token))
                    found.append((index, self.finding(spans=[span], found=token, usual=usual)))
        return sorted(found, key=lambda pair: (pair[0], pair[1].spans))


def _names(version: VersionInput) -> dict[str, list[int]]:
    """Every surname with the numbers of the sentences that have it, two at least."""
    surnames = {
        name.last: None
        for sentence in version.sentences
        for name in read_names(sentence.source)
        if len(sounds(name.last)) >= _FEWEST_SOUNDS
    }
    places: dict[str, list[int]] = defaultdict(list)
    for index, sentence in enumerate(version.sentences):
        for word in _capitalised(sentence.source) & surnames.keys():
            places[word].append(index)
    return {name: places[name] for name in surnames if len(places[name]) > 1}


def _capitalised(text: str) -> frozenset[str]:
    return frozenset(token.strip("«»“”\"(),.;:!?…’'") for token in text.replace("’", " ").replace("'", " ").split())


def _token(name: str, version: VersionInput, index: int) -> str | None:
    sentence = version.sentences[index]
    return find_name(name, sentence.target, version.language, nearness=_NEARNESS) if lower_words(sentence.target) else None


def stem_of(token: str, language: str) -> str:
    """The name without what the language puts after it."""
    ending = ENDINGS[language].search(token)
    stem = token[: ending.start()] if ending else token
    return stem if len(stem) >= SHORTEST_STEM[language] else token


def _is_same(stem: str, usual: str, language: str) -> bool:
    """Korean writes particles and titles against the name, so that one form may be the beginning of the other."""
    if language == "ko":
        return stem.startswith(usual) or usual.startswith(stem)
    return fold(stem) == fold(usual)
