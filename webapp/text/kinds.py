"""What the paragraphs of an article are, told from their form and their neighbours.

The rules, in the order they are tried:

- item: begins with a mark of enumeration (-, –, •, 1., a)); or is one of at least two short lines after a paragraph that
  ends with a colon. A numbered short line alone between paragraphs is a heading (1. Le contexte). A dash before something
  said (— Vous partez ?) is a quote.
- heading: a short quotation that does not end like a sentence (« Un choc »), before other text.
- quote: one quotation from its first character to its last (a footnote mark, a signature after a dash or a final full stop
  may follow); a paragraph that opens a quotation and leaves it open, and those that carry it on; a line after “>”.
- byline: the forms of `bylines.py` wherever they stand; names alone under the title; a name and a role under a
  quotation; the last short line of an article.
- heading: a short line without final punctuation before other text, more surely in Title Case or ALL CAPS; a short question
  at the very start, or alone between two full paragraphs; “#”, “##”.
- body: everything else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from webapp.domain import ParagraphKind
from webapp.text.abbreviations import STARTERS
from webapp.text.bylines import is_byline, is_credit, is_name
from webapp.text.marks import item_mark
from webapp.text.spans import Spans

_HEADING_LENGTH, _HEADING_WORDS = 140, 20
_SIGNATURE_LENGTH, _SIGNATURE_WORDS, _SIGNATURE_LINES = 60, 8, 3
_LINES_UNDER_TITLE: Final = 3
_QUOTED_WORDS, _QUESTION_WORDS, _FULL_PARAGRAPH = 12, 10, 120
_BARE_QUOTATION: Final = re.compile('[«“"][^«»“”"]*[^.!?…,;:«»“”"\\s]\\s*[»”"]\\Z')
_FINAL: Final = re.compile('[.!?…:;,]\\s*[»”"’)\\]]*\\Z')
_QUESTION: Final = re.compile(r"\w.*[!?…]\s*[»”\"]?\Z", re.DOTALL)
_ROMAN: Final = re.compile(r"[IVX]{1,5}\s?[.)–-]\s")
_HASH: Final = re.compile(r"#{1,6}\s+\S")
_ADDRESS: Final = re.compile(r"://|www\.|\w@\w|#\w")
_ASKS: Final = re.compile(r"[^.!?…]*\?\Z")
_SPEECH: Final = re.compile(
    r"[!?…]|[’'\s-](?:t-)?(?:il|elle|ils|elles|on|je)\b|\b(?:répond|demande|dit|lance|affirme|explique|souligne|ajoute)\b"
)
_AFTER_QUOTATION: Final = re.compile(r"[\s.,!?…]*(?:\[\d{1,3}\]|[¹²³⁴-⁹]+)?(?:\s*(?:[–—-]\s?|\().{1,80})?\Z")
_CARRIES_ON: Final = ("«", "“", '"', "»")
_SEE_ALSO: Final = re.compile(
    r"(?:À|A) (?:lire|voir|écouter)\b|(?:Lire|Voir|Écouter|Regarder) (?:aussi|notre|également|ici|l)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Form:
    """What can be seen of one paragraph alone. `short`: it could be a heading; `sure`: its letters say that it is one."""

    text: str
    mark: str
    words: int
    short: bool
    sure: bool


def classify(texts: Sequence[str]) -> tuple[ParagraphKind, ...]:
    """Names the kind of each paragraph of an article, in order; `texts` are without white space at their ends."""
    forms = [_form(text) for text in texts]
    kinds: list[ParagraphKind] = []
    quoting = False
    for index, form in enumerate(forms):
        quoting = (quoting and form.text.startswith(_CARRIES_ON)) or _leaves_open(form.text)
        kind = ParagraphKind.QUOTE if quoting else _kind(forms, index, kinds)
        quoting = quoting and not _closes(form.text)
        kinds.append(kind)
    _sign(forms, kinds)
    return tuple(kinds)


def _form(text: str) -> _Form:
    words = len(text.split(maxsplit=_HEADING_WORDS + 1))
    mark = item_mark(text)
    letters = any(char.isalpha() for char in text[:_HEADING_LENGTH])
    short = len(text) <= _HEADING_LENGTH and words <= _HEADING_WORDS and letters and not _FINAL.search(text)
    short = short and not text[:1].islower() and not _ADDRESS.search(text)
    sure = bool(_HASH.match(text)) or (len(text) <= _HEADING_LENGTH and words <= _HEADING_WORDS and _capitals(text))
    return _Form(text, mark, words, short, sure)


def _capitals(text: str) -> bool:
    """ALL CAPS, or Title Case: the long words capitalised, as in English headlines."""
    if text.isupper() and sum(char.isalpha() for char in text) >= 6:
        return not text.endswith((",", ";", ":"))
    long_words = [word for word in re.findall(r"[^\W\d_]+", text)[1:] if len(word) > 3]
    capital = sum(word[0].isupper() for word in long_words)
    return len(long_words) >= 2 and capital * 10 >= len(long_words) * 7 and not _FINAL.search(text)


def _kind(forms: Sequence[_Form], index: int, before: Sequence[ParagraphKind]) -> ParagraphKind:
    form = forms[index]
    if _HASH.match(form.text):
        return ParagraphKind.HEADING
    if form.text.startswith("> ") or _is_quotation(form.text):
        return ParagraphKind.HEADING if _quoted_heading(forms, index) else ParagraphKind.QUOTE
    if is_byline(form.text) or is_credit(form.text) or _names_under_title(forms, index, before) or _speaker(form, before):
        return ParagraphKind.BYLINE
    if form.mark:
        return _marked(forms, index)
    if _unmarked_item(forms, index, before):
        return ParagraphKind.ITEM
    return ParagraphKind.HEADING if _is_heading(forms, index, before) else ParagraphKind.BODY


def _marked(forms: Sequence[_Form], index: int) -> ParagraphKind:
    form = forms[index]
    neighbours = {forms[i].mark for i in (index - 1, index + 1) if 0 <= i < len(forms)}
    if form.mark in {"number", "letter"} and form.mark not in neighbours and index + 1 < len(forms):
        colon = index > 0 and forms[index - 1].text.endswith(":")
        if form.short and not colon:
            return ParagraphKind.HEADING
    if form.mark == "dash" and form.text[0] in "—–―" and _is_speech(forms, index):
        return ParagraphKind.QUOTE
    return ParagraphKind.ITEM


def _is_speech(forms: Sequence[_Form], index: int) -> bool:
    """A turn of a dialogue: it ends like a sentence, and it or the turn beside it asks, exclaims or names a speaker."""
    if not re.search("[.!?…]\\s*[»”]?\\Z", forms[index].text):
        return False
    turns = [forms[i].text for i in (index - 1, index, index + 1) if 0 <= i < len(forms) and forms[i].mark == "dash"]
    return forms[index].text[0] == "—" and any(_SPEECH.search(turn[:400]) for turn in turns)


def _unmarked_item(forms: Sequence[_Form], index: int, before: Sequence[ParagraphKind]) -> bool:
    """Short lines after a colon, at least two in a row."""
    if not index or not _line(forms[index]) or forms[index].sure:
        return False
    if before[index - 1] == ParagraphKind.ITEM and not forms[index - 1].mark:
        return True
    return forms[index - 1].text.endswith(":") and index + 2 < len(forms) and _line(forms[index + 1])


def _line(form: _Form) -> bool:
    return form.words <= 12 and not form.mark and not re.search("[.!?…:]\\Z", form.text)


def _is_heading(forms: Sequence[_Form], index: int, before: Sequence[ParagraphKind]) -> bool:
    form = forms[index]
    last = index + 1 == len(forms)
    if last:
        return (form.short or form.sure) and ParagraphKind.BODY not in before and not _SEE_ALSO.match(form.text)
    if form.sure:
        return True
    if index == 0 and form.words <= _HEADING_WORDS and len(form.text) <= _HEADING_LENGTH and _QUESTION.search(form.text):
        return forms[1].words > form.words or forms[1].short
    return (form.short and not _SEE_ALSO.match(form.text)) or _asks_above(forms, index)


def _asks_above(forms: Sequence[_Form], index: int) -> bool:
    """Que s’est-il passé ? alone between two full paragraphs."""
    if index + 1 == len(forms) or not index or forms[index].words > _QUESTION_WORDS or not _ASKS.match(forms[index].text):
        return False
    around = (forms[index - 1], forms[index + 1])
    return all(len(form.text) >= _FULL_PARAGRAPH and not form.mark and form.text[0] not in _CARRIES_ON for form in around)


def _speaker(form: _Form, before: Sequence[ParagraphKind]) -> bool:
    """The name under a quotation: Ali Vaez, chercheur."""
    name, _, role = form.text.partition(",")
    return bool(before) and before[-1] == ParagraphKind.QUOTE and form.short and is_name(name) and role[:2].strip().islower()


def _names_under_title(forms: Sequence[_Form], index: int, before: Sequence[ParagraphKind]) -> bool:
    """Names alone between the title and the text."""
    if not 0 < index < min(_LINES_UNDER_TITLE + 1, len(forms) - 1):
        return False
    if not set(before) <= {ParagraphKind.HEADING, ParagraphKind.BYLINE}:
        return False
    text = forms[index].text
    return is_name(text) and not text.isupper() and re.split(r"[\s’'-]", text, maxsplit=1)[0].lower() not in STARTERS


def _sign(forms: Sequence[_Form], kinds: list[ParagraphKind]) -> None:
    """Makes bylines of the short lines at the end; those before the last must be names or bylines by their form."""
    for count, index in enumerate(range(len(forms) - 1, 0, -1)):
        if kinds[index] == ParagraphKind.BYLINE:
            continue
        form = forms[index]
        short = form.short and not form.mark and len(form.text) <= _SIGNATURE_LENGTH and form.words <= _SIGNATURE_WORDS
        if not short or count >= _SIGNATURE_LINES or _SEE_ALSO.match(form.text) or (count and not is_name(form.text)):
            return
        if set(kinds[:index]) <= {ParagraphKind.HEADING, ParagraphKind.BYLINE} or kinds[index] == ParagraphKind.ITEM:
            return
        kinds[index] = ParagraphKind.BYLINE


def _is_quotation(text: str) -> bool:
    if text[:1] not in ("«", "“", '"'):
        return False
    spans = [span for span in Spans(text).holding(1) if span.start == 0]
    return any(_AFTER_QUOTATION.match(text, span.stop + 1) for span in spans)


def _quoted_heading(forms: Sequence[_Form], index: int) -> bool:
    """« Le toit s’est envolé » above a text: a short quotation that does not end like a sentence."""
    form = forms[index]
    return index + 1 < len(forms) and form.short and form.words <= _QUOTED_WORDS and _BARE_QUOTATION.match(form.text) is not None


def _leaves_open(text: str) -> bool:
    return text[:1] in ("«", "“") and not any(span.start == 0 for span in Spans(text).holding(1))


def _closes(text: str) -> bool:
    return re.search('[»”"][\\s.]*\\Z', text) is not None
