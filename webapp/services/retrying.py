"""Drafts that miss a term of the glossary are tried again: another hypothesis of the machine's own may have it.

What is taken is a whole sentence that the machine gives, nearly as likely as the first, in which the checks find no error that
was not there. No term is written into a sentence; only what is to stay as it is may be handed through behind a mark (see
docs/decisions/0005-glossary-in-drafts.md).
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from webapp.checks.base import Term, TermPolicy
from webapp.checks.repair import repair
from webapp.engine.base import Draft, Engine
from webapp.languages import PIVOT, SOURCE
from webapp.services.alternatives import COUNT
from webapp.services.checking import check_text
from webapp.services.masking import masked, places_to_mask, unmasked
from webapp.services.proposals import Plan
from webapp.services.terms import NO_TERMS, Glossary, missed
from webapp.services.usual import NOTHING_LEARNED, Usual
from webapp.storage.drafts import Pending, Proposal, proposal_of

_log = logging.getLogger(__name__)

MARGIN: Final = 0.6
"""How likely a hypothesis must be beside the draft it replaces, by their confidences."""
PATIENCE: Final = 10
"""A term that so many sentences in a row could not be given is not tried again in the same round."""

Found = Mapping[str, Proposal]


@dataclass(slots=True)
class Retries:
    """The retries of one round of a worker; `glossaries` by article, `usual` for the checks. Free where nothing is missed."""

    engine: Engine
    glossaries: Mapping[int, Glossary] = field(default_factory=dict)
    usual: Usual = NOTHING_LEARNED
    stopping: Callable[[], bool] = lambda: False
    _failures: Counter[tuple[str, str]] = field(default_factory=Counter)

    def glossary(self, pending: Pending) -> Glossary:
        """The terms that hold for a sentence."""
        return self.glossaries.get(pending.article, NO_TERMS) if pending.language is None else NO_TERMS

    def improve(self, pending: Pending, plan: Plan, found: Found) -> dict[str, Proposal]:
        """Gives the proposals of a sentence with those replaced that missed a term, where the machine has a better one.

        Where that is the English, the targets that were drafted from it are drafted from the new one.
        """
        better = dict(found)
        glossary = self.glossary(pending)
        if not len(glossary):
            return better
        try:
            if PIVOT in found and (english := self._better(pending, plan, PIVOT, found[PIVOT], glossary)) is not None:
                better[PIVOT] = english
                better |= self._from_english(plan, english.text, found)
            for target, proposal in list(better.items()):
                if target != PIVOT and (other := self._better(pending, plan, target, proposal, glossary)) is not None:
                    better[target] = other
        except Exception:  # noqa: BLE001 — the drafts are there and good enough; only a term is missed
            _log.exception("the engine broke while trying again for a term")
        return better

    def _better(self, pending: Pending, plan: Plan, target: str, draft: Proposal, glossary: Glossary) -> Proposal | None:
        if target not in plan.drafted or draft.confidence is None or self.stopping():
            return None
        terms = glossary.terms(pending.text, target)
        wrong = [term for term in missed(terms, draft.text, target) if self._failures[term.source, target] < PATIENCE]
        if not wrong:
            return None
        ask = partial(self.engine.alternatives, pending.text, source=SOURCE, target=target, count=COUNT)
        request = _Wanted(pending, target, draft, terms, glossary, self.usual)
        chosen = _choose(ask(pivot=draft.pivot), request)
        if chosen is None and draft.pivot is not None and pending.pivot is None:
            chosen = _choose(ask(pivot=None), request)  # from other English sentences that the machine finds likely
        if chosen is None and any(term.policy is TermPolicy.KEEP for term in wrong):
            chosen = self._with_marks(request)
        self._note(wrong, target, failed=chosen is None)
        return chosen

    def _with_marks(self, wanted: "_Wanted") -> Proposal | None:
        """Drafts a sentence with marks for the words to be kept, which then stand in their places."""
        from_french = wanted.draft.pivot is None
        text = wanted.pending.text if wanted.draft.pivot is None else wanted.draft.pivot
        hidden = masked(text, places_to_mask(wanted.terms, text, is_source=from_french))
        if hidden is None:
            return None
        (part,) = self.engine.draft([hidden[0]], source=SOURCE if from_french else PIVOT, targets=[wanted.target])
        (draft,) = part.drafts
        shown = unmasked(draft.text, hidden[1])
        if shown is None:
            return None
        pivot = None if draft.pivot is None else unmasked(draft.pivot, hidden[1])
        # Without traces: they are of the marks.
        made = Draft(shown, draft.confidence, pivot if from_french else wanted.draft.pivot, draft.fingerprints)
        return _choose([made], wanted)

    def _note(self, terms: Sequence[Term], target: str, *, failed: bool) -> None:
        for term in terms:
            self._failures[term.source, target] = self._failures[term.source, target] + 1 if failed else 0

    def _from_english(self, plan: Plan, english: str, found: Found) -> dict[str, Proposal]:
        """Drafts the targets that go by way of English from a new English sentence."""
        others = [t for t, draft in found.items() if t != PIVOT and t in plan.drafted and draft.pivot is not None]
        if not others:
            return {}
        made = self.engine.draft([english], source=PIVOT, targets=others)
        return {part.target: _mended(part.drafts[0], part.target, english, pivot=english) for part in made}


@dataclass(frozen=True, slots=True)
class _Wanted:
    pending: Pending
    target: str
    draft: Proposal
    terms: Sequence[Term]
    glossary: Glossary
    usual: Usual

    def wrong(self, text: str) -> int:
        """How many terms a text misses."""
        return len(missed(self.terms, text, self.target))

    def errors(self, proposal: Proposal) -> set[str]:
        """The errors the checks find, but those of the glossary."""
        given = self.pending
        found = check_text(
            given.text,
            proposal.text,
            self.target,
            kind=given.kind,
            pivot=proposal.pivot,
            glossary=self.glossary,
            usual=self.usual,
        )
        return {finding.check for finding in found if finding.severity == "E" and finding.check != "glossary"}


def _choose(drafts: Sequence[Draft], wanted: _Wanted) -> Proposal | None:
    """The likeliest hypothesis that misses fewest terms, fewer than the draft, and breaks nothing."""
    least = (wanted.draft.confidence or 0.0) * MARGIN
    near = [_mended(d, wanted.target, wanted.pending.text, pivot=d.pivot) for d in drafts if d.confidence >= least]
    by_terms = sorted(near, key=lambda proposal: wanted.wrong(proposal.text))  # stable: the likeliest first
    limit, errors = wanted.wrong(wanted.draft.text), wanted.errors(wanted.draft)
    better = (proposal for proposal in by_terms if proposal.text and wanted.wrong(proposal.text) < limit)
    return next((proposal for proposal in better if wanted.errors(proposal) <= errors), None)


def _mended(draft: Draft, target: str, source: str, *, pivot: str | None) -> Proposal:
    """A draft with its typography repaired, as those of the first try are."""
    proposal = replace(proposal_of(draft), pivot=pivot)
    text = repair(draft.text, target, source=source).text
    return replace(proposal, text=text, raw=draft.text) if text and text != draft.text else proposal
