"""Marks of a sentence in its translations: placed by the word links, with what is doubtful about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from webapp.align.markup import Placed, keep_verbatim, project_marks
from webapp.align.words import Link, word_links
from webapp.checks.base import MarkPlace
from webapp.domain import Mark, WordLink
from webapp.engine.base import Draft
from webapp.languages import SOURCE
from webapp.services.relocating import marks_for
from webapp.storage import files, links
from webapp.storage.drafts import Proposal
from webapp.storage.files import MarkedText
from webapp.storage.held import Held
from webapp.storage.links import Spot, Subject
from webapp.storage.store import Transaction
from webapp.text.readers.base import Rich

Places = tuple[MarkPlace, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A translation with the marks of its source in it."""

    text: str
    placed: tuple[Placed, ...] = ()

    @property
    def rich(self) -> Rich:
        """As the readers write it."""
        return Rich(self.text, tuple(one.mark for one in self.placed))


def place_marks(source: str, marks: Sequence[Mark], target: str, links: Sequence[WordLink] | None) -> Marked:
    """Puts the marks of a sentence into its translation; what is not to be translated stays as it was in the source.

    `links` are the word links of the two texts; None: as far as their spelling tells.
    """
    if not marks or not target:
        return Marked(target)
    if source == target:
        return Marked(target, tuple(Placed(mark, (mark.start, mark.end), True) for mark in marks))
    known = word_links(source, target, ()) if links is None else tuple(Link(*link) for link in links)
    kept, known = keep_verbatim(source, marks, target, known)
    return Marked(kept, project_marks(source, marks, kept, known))


def place_marks_in_draft(source: str, marks: Sequence[Mark], draft: Draft) -> Marked:
    """The same for a draft that is not stored, by what it left behind."""
    if not marks or not draft.text:
        return Marked(draft.text)
    links = word_links(source, draft.text, draft.traces, pivot=draft.pivot)
    return place_marks(source, marks, draft.text, [_plain(link) for link in links])


def _plain(link: Link) -> WordLink:
    return link.source_start, link.source_end, link.target_start, link.target_end, link.probability


# --- for the checks ---------------------------------------------------------------------------------------------------


def mark_proposal(source: str, marked: MarkedText | None, proposal: Proposal) -> tuple[Proposal, Places]:
    """Puts back into a draft what is not to be translated, and tells where the marks of its sentence stand in it."""
    if marked is None or not proposal.text:
        return proposal, ()
    draft = Draft(proposal.text, 0.0, proposal.pivot, (), proposal.traces)
    found = place_marks_in_draft(source, marks_for(source, marked.text, marked.marks), draft)
    if found.text != proposal.text:
        proposal = replace(proposal, text=found.text, raw=proposal.raw or proposal.text)
    return proposal, _places(found)


def places_of(tx: Transaction, translations: Iterable[Held]) -> dict[Spot, Places]:
    """Tells where the marks of sentences stand in their translations, as people or the machine left them."""
    given = [t for t in translations if t.text and t.language is None]
    marked = files.marks_of_sentences(tx, [t.sentence for t in given])
    given = [t for t in given if t.sentence in marked]
    if not given:
        return {}
    subjects = [Subject(t.sentence, t.target, t.source, t.language, t.text, t.pivot) for t in given]
    drafts = links.evidence(tx, subjects).drafts
    return {subject.spot: _places_in(subject, marked[subject.sentence], drafts) for subject in subjects}


def _places_in(subject: Subject, marked: MarkedText, drafts: Mapping[Spot, links.Evidence]) -> Places:
    draft = drafts.get(subject.spot)
    found = word_links(
        subject.source,
        subject.text,
        () if draft is None else draft.traces,
        pivot=subject.pivot if draft is None else draft.pivot,
        languages=(subject.language or SOURCE, subject.target),
    )
    marks = marks_for(subject.source, marked.text, marked.marks)
    return _places(Marked(subject.text, project_marks(subject.source, marks, subject.text, found)))


def _places(marked: Marked) -> Places:
    return tuple(MarkPlace(p.mark.tag, p.source, (p.mark.start, p.mark.end), p.sure, p.mark.is_verbatim) for p in marked.placed)
