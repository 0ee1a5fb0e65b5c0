"""What becomes of a draft before it is saved: the English it was made from is noted, and the checks look at it."""

from collections.abc import Mapping
from dataclasses import replace

from webapp.languages import PIVOT
from webapp.services.checking import check_text
from webapp.services.proposals import Plan
from webapp.storage.drafts import Pending, Proposal


def finished(pending: Pending, plan: Plan, found: Mapping[str, Proposal]) -> dict[str, Proposal]:
    """Finishes the drafts of one sentence, by target. Text of paragraphs in another language is left as it is."""
    if pending.language is not None:
        return dict(found)
    pivot = pending.pivot if plan.source == PIVOT else None
    return {target: _finished(pending, target, proposal, pivot) for target, proposal in found.items()}


def _finished(pending: Pending, target: str, proposal: Proposal, pivot: str | None) -> Proposal:
    if pivot is not None:
        proposal = replace(proposal, pivot=pivot)
    found = check_text(
        pending.text, proposal.text, target, kind=pending.kind, confidence=proposal.confidence, pivot=proposal.pivot
    )
    return replace(proposal, findings=found)
