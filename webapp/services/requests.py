"""Small requests: strings that a program waits for. The web process asks, a worker answers; the database carries both.

All questions that wait are taken at once, and those of one pair of languages share the engine's batches.
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Final

from webapp.engine.base import Draft, Engine
from webapp.errors import EngineFailed, QuatrainError
from webapp.languages import LANGUAGES, SOURCE
from webapp.services.alternatives import COUNT
from webapp.services.downloads import get_download, keep_download
from webapp.services.strings import drafting, translate_strings, vary_strings
from webapp.storage import requests
from webapp.storage.requests import Waiting
from webapp.storage.store import Store, Transaction
from webapp.text.candidates import rank_languages

_log = logging.getLogger(__name__)

MOST_ALTERNATIVES: Final = COUNT
TOGETHER_CHARACTERS: Final = 8000
"""So much of what waits goes into one call of the engine: a longer call would fill no more batches, only delay answers."""
_MOST_TAKEN: Final = 200


@dataclass(frozen=True, slots=True)
class Question:
    """Strings to translate from one language into another; `html`: they are fragments of markup.

    `file` is the id of a file to translate instead (`services.downloads`); the answer is the id of the translated one. Only
    there `source` may be "": then the text tells.
    """

    texts: tuple[str, ...]
    source: str
    target: str
    html: bool = False
    alternatives: int = 0
    file: str | None = None

    @property
    def size(self) -> int:
        """Characters."""
        return sum(map(len, self.texts))


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest text and the largest file, in bytes."""

    max_bytes: int
    max_file_bytes: int


@dataclass(frozen=True, slots=True)
class Answer:
    """As many translations as there were strings, in their order; `alternatives` likewise, empty unless asked for."""

    texts: tuple[str, ...]
    alternatives: tuple[tuple[str, ...], ...] = ()


def ask(tx: Transaction, question: Question, *, seconds: float) -> int:
    """Puts a question that somebody waits for, at most so many seconds; gives its number."""
    return requests.add(tx, json.dumps(asdict(question)), seconds)


def fetch(tx: Transaction, numbers: Sequence[int]) -> dict[int, Answer | QuatrainError]:
    """Reads the answers that are there, by number; an error of the engine is one too."""
    return {number: _read(text) for number, text in requests.answers(tx, numbers).items()}


def forget(tx: Transaction, numbers: Sequence[int]) -> None:
    """Removes questions that nobody waits for any more, answered or not."""
    requests.remove(tx, numbers)


def _read(text: str) -> Answer | QuatrainError:
    found = json.loads(text)
    if "error" in found:
        return _revived(found["error"], found["detail"], found["data"])
    return Answer(tuple(found["texts"]), tuple(tuple(those) for those in found["alternatives"]))


def _revived(slug: str, detail: str, data: dict[str, Any]) -> QuatrainError:
    waiting: list[type[QuatrainError]] = [QuatrainError]
    for kind in waiting:
        waiting += kind.__subclasses__()
    kind = next((kind for kind in waiting if kind.slug == slug), EngineFailed)
    try:
        return kind(**data)
    except (KeyError, TypeError, ValueError):
        return EngineFailed(detail=detail)


# --- the worker's side ----------------------------------------------------------------------------------------------


def something_waits(tx: Transaction) -> bool:
    """Tells whether a question waits for a worker."""
    return requests.any_waiting(tx)


def give_back(tx: Transaction, worker: str) -> None:
    """Leaves to other workers what this one took and did not answer."""
    requests.give_back(tx, worker)


def answer_round(store: Store, engine: Engine, worker: str, *, limits: Limits, longest: int | None = None) -> bool:
    """Answers all questions that wait, those that are quickly done first; returns whether there were any.

    `longest`: only those of at most so many characters, for a second thread beside one that is busy with a long one. What goes
    wrong is the answer; raises DatabaseUnavailable or DiskFull alone.
    """
    with store.begin() as tx:
        taken = requests.claim(tx, worker, _MOST_TAKEN, longest=longest)
    questions = sorted(((one.id, _question(one)) for one in taken), key=lambda pair: (pair[1].size, pair[0]))
    for group in _groups(questions):
        answers = _answer_group(_Machine(store, engine, limits), [question for _, question in group])
        with store.begin() as tx:
            requests.answer(tx, [(number, text) for (number, _), text in zip(group, answers, strict=True)])
    return bool(taken)


def _question(waiting: Waiting) -> Question:
    found = json.loads(waiting.question)
    return Question(**{**found, "texts": tuple(found["texts"])})


_Numbered = tuple[int, Question]


def _groups(questions: Sequence[_Numbered]) -> list[list[_Numbered]]:
    """Puts together what one call of the engine can answer, up to so many characters at once; the order is kept."""
    groups: list[list[_Numbered]] = []
    open_groups: dict[tuple[str, str, bool, bool], tuple[list[_Numbered], int]] = {}
    for number, question in questions:
        way = (question.source, question.target, question.html, question.alternatives > 0)
        group, size = open_groups.get(way, ([], TOGETHER_CHARACTERS))
        if question.file is not None or size + question.size > TOGETHER_CHARACTERS:
            group, size = [], 0
            groups.append(group)
        group.append((number, question))
        open_groups[way] = group, TOGETHER_CHARACTERS if question.file is not None else size + question.size
    return groups


@dataclass(frozen=True, slots=True)
class _Machine:
    """What answers are made with."""

    store: Store
    engine: Engine
    limits: Limits


def _answer_group(machine: _Machine, questions: Sequence[Question]) -> list[str]:
    """Answers questions together; where that breaks, each alone, so that one does not take the others with it."""
    try:
        if questions[0].file is not None:
            return [_translated_file(machine, question, question.file) for question in questions if question.file is not None]
        return _translated(machine.engine, questions)
    except Exception as error:  # noqa: BLE001 — whatever the engine raises, the asker is told and the worker goes on
        if len(questions) > 1:
            return [_answer_group(machine, [question])[0] for question in questions]
        if not isinstance(error, QuatrainError):
            _log.exception("the engine broke on a small request")
            error = EngineFailed(detail=f"{type(error).__name__}: {error}")
        plain = {name: value for name, value in error.data.items() if isinstance(value, str | int | float)}
        return [json.dumps({"error": error.slug, "detail": str(error), "data": plain})]


def _translated(engine: Engine, questions: Sequence[Question]) -> list[str]:
    first = questions[0]
    draft = drafting(engine, first.source, first.target)
    texts = [text for question in questions for text in question.texts]
    written = iter(translate_fragments(texts, draft) if first.html else translate_strings(texts, draft))
    answers = []
    for question in questions:
        best = [next(written) for _ in question.texts]
        others = _varied(engine, question, best) if question.alternatives else []
        answers.append(json.dumps({"texts": best, "alternatives": others}))
    return answers


def _translated_file(machine: _Machine, question: Question, file: str) -> str:
    from webapp.services.files import translate_bytes  # noqa: PLC0415  (loads the readers)

    with machine.store.read() as tx:
        sent = get_download(tx, file)
    if sent is None:
        raise EngineFailed(detail="the file was not fetched in time")
    made = translate_bytes(
        sent.content,
        sent.name,
        question.target,
        partial(_draft_any, machine.engine, question.source, question.target),
        max_bytes=machine.limits.max_bytes,
        max_file_bytes=machine.limits.max_file_bytes,
    )
    with machine.store.begin() as tx:
        kept = keep_download(tx, made.name, made.media_type, made.data)
    return json.dumps({"texts": [kept.id], "alternatives": []})


def _draft_any(engine: Engine, source: str, target: str, sentences: Sequence[str]) -> Sequence[Draft]:
    """Drafts sentences, from the language most of them are likely to be in where none is named."""
    found = source or next((c.language for c in rank_languages("\n".join(sentences), LANGUAGES)), SOURCE)
    return drafting(engine, found, target)(sentences)


def _varied(engine: Engine, question: Question, best: Sequence[str]) -> list[list[str]]:
    if question.html:
        return [[] for _ in question.texts]

    def vary(sentence: str, count: int) -> list[str]:
        found = engine.alternatives(sentence, source=question.source, target=question.target, count=count)
        return [draft.text for draft in found]

    return vary_strings(question.texts, best, vary, question.alternatives)


def translate_fragments(texts: Sequence[str], draft: Callable[[Sequence[str]], Any]) -> list[str]:
    """Translates fragments of HTML; see `webapp.services.fragments`."""
    from webapp.services import fragments  # noqa: PLC0415  (loads the parser of HTML, which most workers never need)

    return fragments.translate_fragments(texts, draft)
