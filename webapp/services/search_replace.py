"""Find and replace within one version: looked at first, then done as one step that can be undone."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from webapp.errors import SearchInvalid
from webapp.reviewing import Replaced, ReplaceMatch, ReplacePreview, Span
from webapp.services.changing import apply, by_person
from webapp.services.diffs import diff_words
from webapp.storage import articles, held
from webapp.storage.held import Held
from webapp.storage.store import Transaction
from webapp.storage.writing import Act, Change
from webapp.text.normalise import normalise

if TYPE_CHECKING:
    import regex

# An expression may take exponential time (https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service).
TIMEOUT_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for: a text, without regard to case, anywhere, unless said otherwise.

    With `regex` the text is an expression of the `regex` library, and the replacement may name its groups (`\\1`).
    """

    text: str
    match_case: bool = False
    whole_words: bool = False
    regex: bool = False


def preview_replace(
    tx: Transaction, article_id: str, target: str, search: Search, replacement: str, *, limit: int = 500
) -> ReplacePreview:
    """Shows what a replacement would do in one version, in source order; at most `limit` matches are listed.

    Raises SearchInvalid or ArticleNotFound.
    """
    translations = held.held(tx, articles.key_of(tx, article_id), targets=[target])
    found = list(_find(translations, search, replacement))
    matches = tuple(
        ReplaceMatch(h.place, h.revision, h.state, h.text, text, spans, diff_words(h.text, text))
        for h, text, spans in found[:limit]
    )
    return ReplacePreview(matches, len(found), sum(len(spans) for _, _, spans in found))


def apply_replace(
    tx: Transaction,
    article_id: str,
    target: str,
    search: Search,
    replacement: str,
    *,
    only: Mapping[int, int] | None = None,
    who: str = "local",
    via: str = "web",
) -> Replaced:
    """Replaces in one version, as one step; what is replaced counts as translated, approved or not before.

    `only` maps the sentences wanted to the revision that was looked at; those that moved on since are left as they are. None:
    every match. A replacement that would leave nothing of a sentence is not made there. Raises SearchInvalid or
    ArticleNotFound.
    """
    article = held.lock(tx, article_id)
    sentences = None if only is None else sorted(only)
    translations = held.held(tx, article, targets=[target], only=sentences)
    changes: list[Change] = []
    conflicts: list[int] = []
    for before, text, _ in _find(translations, search, replacement):
        if only is not None and only[before.sentence] != before.revision:
            conflicts.append(before.sentence)
        elif kept := normalise(text).strip():
            changes.append((before, by_person(before, kept)))
    real = [(before, after) for before, after in changes if before.text != after.text]
    outcome = apply(tx, Act("replace", who, via), real)
    return Replaced(outcome.step, tuple(before.sentence for before, _ in real), tuple(conflicts), outcome.asked)


def _find(translations: list[Held], search: Search, replacement: str) -> Iterator[tuple[Held, str, tuple[Span, ...]]]:
    """Finds the translations that match: each with the text after the replacement and the places of the matches."""
    import regex  # noqa: PLC0415  (seven megabytes that most web processes never need)

    pattern = _pattern(search)
    template = replacement if search.regex else replacement.replace("\\", "\\\\")
    deadline = time.monotonic() + TIMEOUT_SECONDS
    for translation in translations:
        try:
            matches = [m for m in pattern.finditer(translation.text, timeout=max(1e-6, deadline - time.monotonic())) if m.group()]
            if not matches:
                continue
            pieces, last = [], 0
            for match in matches:
                pieces += [translation.text[last : match.start()], match.expand(template)]
                last = match.end()
        except TimeoutError as error:
            raise SearchInvalid(detail="The expression takes too long; make it simpler.") from error
        except (regex.error, IndexError) as error:
            raise SearchInvalid(detail=f"The replacement cannot be used ({error}).") from error
        text = "".join([*pieces, translation.text[last:]])
        yield translation, text, tuple(match.span() for match in matches)


def _pattern(search: Search) -> "regex.Pattern[str]":
    import regex  # noqa: PLC0415  (seven megabytes that most web processes never need)

    text = normalise(search.text)
    if not text:
        raise SearchInvalid(detail="There is nothing to search for.")
    source = text if search.regex else regex.escape(text, literal_spaces=True)
    if search.whole_words:
        source = rf"(?<!\w)(?:{source})(?!\w)"
    try:
        return regex.compile(source, regex.VERSION1 | (0 if search.match_case else regex.IGNORECASE | regex.FULLCASE))
    except regex.error as error:
        raise SearchInvalid(detail=f"The expression cannot be read ({error}).") from error
