"""What becomes of a draft before it is saved: its English is noted, missed terms are tried again, the checks look at it."""

from collections.abc import Mapping
from dataclasses import replace

from webapp.languages import PIVOT
from webapp.services.checking import check_text
from webapp.services.markup import mark_proposal
from webapp.services.proposals import Plan
from webapp.services.retrying import Retries
from webapp.storage.drafts import Pending, Proposal
from webapp.storage.files import MarkedText


def finished(
    pending: Pending, plan: Plan, found: Mapping[str, Proposal], retries: Retries, marked: MarkedText | None = None
) -> dict[str, Proposal]:
    """Finishes the drafts of one sentence, by target. Text of paragraphs in another language is left as it is.

    `marked`: the markup of the file that the sentence came from.
    """
    if pending.language is not None:
        return dict(found)
    if plan.source == PIVOT and pending.pivot is not None:
        found = {target: replace(proposal, pivot=pending.pivot) for target, proposal in found.items()}
    better = retries.improve(pending, plan, found)
    return {target: _checked(pending, target, proposal, retries, marked) for target, proposal in better.items()}


def _checked(pending: Pending, target: str, proposal: Proposal, retries: Retries, marked: MarkedText | None) -> Proposal:
    proposal, places = mark_proposal(pending.text, marked, proposal)
    found = check_text(
        pending.text,
        proposal.text,
        target,
        kind=pending.kind,
        confidence=proposal.confidence,
        pivot=proposal.pivot,
        glossary=retries.glossary(pending),
        marks=places,
        usual=retries.usual,
        floor=retries.usual.floors_by_packages.get(proposal.fingerprints),
    )
    return replace(proposal, findings=found)
