"""The source changes: newsrooms correct their articles all day, and what did not change keeps everything it had.

Old and new sentences are matched (`matching`); a changed one keeps its translations, marked stale where a person wrote them,
with a new draft beside; what is new is drafted; what is gone lies in a drawer. The cost follows the change.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from webapp.domain import Paragraph, ParagraphKind, Sentence, SourceText
from webapp.errors import EmptyArticle
from webapp.reviewing import RevisionReport, SourceChange, SourceChangeKind
from webapp.services import checking
from webapp.services.changing import asked_again
from webapp.services.diffs import diff_words
from webapp.services.matching import Fate, Found, match_sentences
from webapp.storage import articles, files, held, relaying, revisions, snapshots, writing
from webapp.storage.held import Held
from webapp.storage.revisions import Layout, NewParagraph, NewSentence, OldSentence, StoredSource
from webapp.storage.store import Transaction
from webapp.storage.writing import Change
from webapp.text.read import choose_title


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an update does: `sources` holds the stored sentence behind every new one, with its fate, in the new order."""

    old: StoredSource
    new: SourceText
    sources: tuple[tuple[OldSentence, SourceChangeKind | None] | None, ...]

    @property
    def changed(self) -> dict[int, str]:
        """The sentences whose text changes, with the text they had."""
        return {s[0].id: s[0].text for s in self.sources if s is not None and s[1] is SourceChangeKind.CHANGED}

    @property
    def gone(self) -> list[OldSentence]:
        """The sentences that will go to the drawer."""
        kept = {s[0].id for s in self.sources if s is not None}
        return [sentence for sentence in self.old.sentences if sentence.id not in kept]


def compare_source(tx: Transaction, article_id: str, source: SourceText) -> RevisionReport:
    """Tells what `update_source` would do, and does nothing. Raises ArticleNotFound or EmptyArticle."""
    article = articles.key_of(tx, article_id)
    plan = _plan(revisions.stored_source(tx, article), source)
    targets = held.targets_of(tx, article)
    asked = len(plan.changed) + sum(s is None for s in plan.sources)
    return _report(plan, [s[0].id if s else 0 for s in plan.sources], asked * len(targets))


def update_source(
    tx: Transaction, article_id: str, source: SourceText, *, who: str = "local", via: str = "web"
) -> RevisionReport:
    """Puts a new source in the place of the old one; joining the article's sentences then gives exactly `source.text`.

    Sentences that did not change, or only moved, keep translations, states, comments and history; so do those that come back
    from the drawer. Of changed ones untouched drafts are made again, and what a person wrote stays, stale, with a new draft
    beside it. The title follows if it had been taken from the text, and the file if the source is one. It is one step, which
    `services.review.undo` takes back. The caller wakes the workers once the transaction is committed. Raises ArticleNotFound or
    EmptyArticle.
    """
    if not source.paragraphs:
        raise EmptyArticle
    article = held.lock(tx, article_id)
    plan = _plan(revisions.stored_source(tx, article), source)
    before = held.held(tx, article, only=sorted(plan.changed))
    layout = _layout(plan, before, _kinds_of_file(tx, article, plan))
    taken = snapshots.take(tx, article, plan.old, layout, replaces_file=source.file is not None)
    was = snapshots.digest(tx, article)
    ids = relaying.write(tx, article, plan.old, layout, who=who)
    if source.file is not None:
        files.attach(tx, article, source)
    numbers = [number for paragraph in ids for number in paragraph]
    report = _report(plan, numbers, 0)
    if source.file is None and snapshots.digest(tx, article) == was:
        return report
    step = relaying.add_step(tx, article, who=who, size=len(report.changes))
    asked = _ask_anew(tx, article, plan, before, step=step, by=(who, via)) + _revive(tx, article, plan)
    snapshots.keep(tx, article, step, taken)
    added = sum(s is None for s in plan.sources)
    return replace(report, redrafted=asked + added * len(held.targets_of(tx, article)))


# --- planning -------------------------------------------------------------------------------------------------------


def _plan(old: StoredSource, source: SourceText) -> _Plan:
    texts = [s.text for p in source.paragraphs for s in p.sentences]
    found = match_sentences([s.text for s in old.sentences], texts)
    drawer: dict[str, list[OldSentence]] = {}
    for sentence in reversed(old.drawer):
        drawer.setdefault(sentence.text, []).append(sentence)
    sources: list[tuple[OldSentence, SourceChangeKind | None] | None] = []
    for text, match in zip(texts, found, strict=True):
        put_back = drawer.get(text)
        if put_back and (match is None or match.fate is Fate.CHANGED):
            # What lay in the drawer fits exactly; an old sentence that was only alike is free for nobody else.
            sources.append((put_back.pop(), SourceChangeKind.RESTORED))
        else:
            sources.append(None if match is None else _source(old, match))
    return _Plan(old, source, tuple(sources))


def _source(old: StoredSource, match: Found) -> tuple[OldSentence, SourceChangeKind | None]:
    kinds = {Fate.KEPT: None, Fate.MOVED: SourceChangeKind.MOVED, Fate.CHANGED: SourceChangeKind.CHANGED}
    return old.sentences[match.old], kinds[match.fate]


def _layout(plan: _Plan, before: Sequence[Held], kinds: Mapping[frozenset[int], ParagraphKind]) -> Layout:
    """Lays the new source out on the stored rows: a paragraph takes over the one that most of its sentences come from."""
    stale = {h.sentence for h in before if h.stale and not h.is_the_machines}
    sources = iter(plan.sources)
    taken: set[int] = set()
    paragraphs = []
    for paragraph in plan.new.paragraphs:
        mine = [next(sources) for _ in paragraph.sentences]
        number = _paragraph_of([s for s in mine if s is not None], taken)
        sentences = tuple(
            NewSentence(s.text, s.separator) if source is None else _kept(s.text, s.separator, source, stale)
            for s, source in zip(paragraph.sentences, mine, strict=True)
        )
        kind = kinds.get(frozenset(s[0].id for s in mine if s is not None), paragraph.kind)
        paragraphs.append(NewParagraph(kind, paragraph.separator, paragraph.language, sentences, number))
    return Layout(_title(plan), plan.new.leading, tuple(paragraphs), revisions.head_of(plan.new))


def _kinds_of_file(tx: Transaction, article: int, plan: _Plan) -> dict[frozenset[int], ParagraphKind]:
    """The kinds that a file gave to paragraphs, by their sentences: a text that is typed cannot say them again."""
    if plan.new.file is not None or files.facts(tx, article) is None:
        return {}
    inside: dict[int, set[int]] = {}
    for sentence in plan.old.sentences:
        inside.setdefault(sentence.paragraph_id, set()).add(sentence.id)
    return {frozenset(inside[p.id]): p.kind for p in plan.old.paragraphs}


def _kept(text: str, separator: str, source: tuple[OldSentence, SourceChangeKind | None], stale: set[int]) -> NewSentence:
    old, kind = source
    if kind is not SourceChangeKind.CHANGED:
        return NewSentence(text, separator, old.id, old.previous_text)
    # What a person has not caught up with yet is compared with the French it was made of.
    base = old.previous_text if old.id in stale and old.previous_text is not None else old.text
    return NewSentence(text, separator, old.id, None if base == text else base)


def _paragraph_of(sources: Sequence[tuple[OldSentence, SourceChangeKind | None]], taken: set[int]) -> int | None:
    stayed = Counter(old.paragraph_id for old, kind in sources if kind is not SourceChangeKind.RESTORED)
    for number, _ in stayed.most_common():
        if number not in taken:
            taken.add(number)
            return number
    return None


def _title(plan: _Plan) -> str:
    """Keeps a title that somebody gave; one that was taken from the text follows it."""
    return plan.new.title if plan.old.title == choose_title(None, _paragraphs(plan.old)) else plan.old.title


def _paragraphs(old: StoredSource) -> tuple[Paragraph, ...]:
    inside: dict[int, list[Sentence]] = {}
    for sentence in old.sentences:
        inside.setdefault(sentence.paragraph_id, []).append(Sentence(sentence.text, sentence.separator))
    return tuple(Paragraph(p.kind, tuple(inside[p.id]), p.separator, p.language) for p in old.paragraphs)


def _report(plan: _Plan, numbers: Sequence[int], redrafted: int) -> RevisionReport:
    texts = [s.text for p in plan.new.paragraphs for s in p.sentences]
    changes: list[SourceChange] = []
    kept = 0
    for text, source, number in zip(texts, plan.sources, numbers, strict=True):
        if source is None:
            changes.append(SourceChange(SourceChangeKind.ADDED, number, "", text, diff_words("", text)))
        elif source[1] is None:
            kept += 1
        else:
            changes.append(SourceChange(source[1], number, source[0].text, text, diff_words(source[0].text, text)))
    changes += [SourceChange(SourceChangeKind.REMOVED, s.id, s.text, "", diff_words(s.text, "")) for s in plan.gone]
    return RevisionReport(kept, tuple(changes), redrafted)


# --- what becomes of translations -----------------------------------------------------------------------------------


def _ask_anew(tx: Transaction, article: int, plan: _Plan, before: Sequence[Held], *, step: int, by: tuple[str, str]) -> int:
    """Asks for new drafts of changed sentences, marks what people wrote stale, and checks it against the new French."""
    changed = plan.changed
    if not changed:
        return 0
    old_base = {s.id: s.previous_text for s in plan.old.sentences}
    now = held.held(tx, article, only=sorted(changed))
    changes: list[Change] = [(h, _after_change(h, old_base[h.sentence])) for h in now]
    counts = checking.check_again(tx, [after for _, after in changes if not after.is_the_machines])
    writing.mark(tx, [(h, checking.counted(after, counts)) for h, after in changes])
    written = [(h.sentence, h.target) for h in before if h.text]
    relaying.note_changes(tx, step, *by, written)
    return sum(after.pending for _, after in changes)


def _after_change(translation: Held, base: str | None) -> Held:
    """Gives a translation whose French changed; one whose French came back to what it was made of is good again."""
    plain = replace(translation, corrected_pivot=None)
    if translation.stale and not translation.is_the_machines and base == translation.source:
        calm = replace(plain, stale=False, pending=plain.pending and plain.wanted_as != "source")
        calm = calm if calm.pending else replace(calm, wanted_as=None)
        return replace(calm, proposal=None, proposal_reason=None) if calm.proposal_reason == "source" else calm
    fresh = replace(plain, proposal=None, proposal_reason=None)
    return asked_again(fresh, "source")


def _revive(tx: Transaction, article: int, plan: _Plan) -> int:
    """Asks the machine for what sentences out of the drawer lack."""
    back = [s[0].id for s in plan.sources if s is not None and s[1] is SourceChangeKind.RESTORED]
    return ask_missing(tx, article, back)


def ask_missing(tx: Transaction, article: int, sentences: Sequence[int]) -> int:
    """Asks the machine for what sentences that came back lack; returns how many drafts. The article must be locked."""
    if not sentences:
        return 0
    lacking = [h for h in held.held(tx, article, only=sentences) if not h.pending and (not h.text or _lacks_proposal(h))]
    asked = [(h, asked_again(h, "source" if h.stale else "pivot") if h.text else replace(h, pending=True)) for h in lacking]
    writing.mark(tx, asked)
    return len(asked)


def _lacks_proposal(translation: Held) -> bool:
    return (translation.stale or translation.pivot_changed) and translation.proposal is None
