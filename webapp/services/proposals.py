"""What to do with each sentence of an article, the same whether the article is stored or only translated once.

A French sentence is drafted in every target. A paragraph in another language L is kept as it is in version L, drafted from
L where a route leads to the target, and kept as it is, with confidence 0, where none does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from webapp.checks.repair import repair
from webapp.engine.base import Draft, Engine, Slice
from webapp.errors import NoRoute
from webapp.languages import PIVOT
from webapp.storage.drafts import Proposal, proposal_of


@dataclass(frozen=True, slots=True)
class Plan:
    """How sentences of one language reach their targets.

    `drafted` go through the engine; `kept` get the sentence as it is, with the confidence given; `missing` cannot be
    reached at all, and why.
    """

    source: str
    drafted: tuple[str, ...]
    kept: Mapping[str, float | None]
    missing: tuple[NoRoute, ...] = ()


def make_plan(engine: Engine, *, article_source: str, language: str | None, targets: Sequence[str]) -> Plan:
    """Decides for the sentences of a paragraph in `language` (None: the article's own) what becomes of each target."""
    source = language or article_source
    drafted: list[str] = []
    kept: dict[str, float | None] = {}
    missing: list[NoRoute] = []
    for target in targets:
        if target == source:
            kept[target] = None
            continue
        try:
            engine.fingerprints(source, target)
        except NoRoute as error:
            if source == article_source:
                missing.append(error)
            else:
                kept[target] = 0.0
        else:
            drafted.append(target)
    return Plan(source, tuple(drafted), kept, tuple(missing))


def make_pivot_plans(engine: Engine, *, article_source: str, targets: Sequence[str]) -> tuple[Plan, ...]:
    """Decides for sentences whose English a person wrote: drafted from that English, or, on a direct route, from the French.

    At most one plan for each of the two. A target that no package reaches from English goes by the French, which tells why.
    """
    by_french = [target for target in targets if not _passes(engine, article_source, target)]
    by_english = tuple(target for target in targets if target not in by_french)
    plans = [Plan(PIVOT, by_english, {})] if by_english else []
    if by_french:
        plans.append(make_plan(engine, article_source=article_source, language=None, targets=by_french))
    return tuple(plans)


def _passes(engine: Engine, source: str, target: str) -> bool:
    """Whether the route from `source` to `target` goes by way of English."""
    try:
        return len(engine.fingerprints(source, target)) > 1 and bool(engine.fingerprints(PIVOT, target))
    except NoRoute:
        return False


def propose(engine: Engine, plan: Plan, texts: Sequence[str]) -> Iterator[list[dict[str, Proposal]]]:
    """Makes the proposals of a plan for some sentences.

    Yields ranges of sentences that follow each other, in source order; each is a list with, for every sentence of the
    range, its proposals by target. Raises what the engine raises.
    """
    if not plan.drafted:
        if plan.kept:
            yield [_kept(plan, text) for text in texts]
        return
    done = 0
    for drafts in _ranges(engine.draft(texts, source=plan.source, targets=plan.drafted), plan.drafted):
        size = len(drafts[plan.drafted[0]])
        yield [
            _kept(plan, texts[done + n])
            | {target: _mended(proposal_of(drafts[target][n]), target, texts[done + n]) for target in plan.drafted}
            for n in range(size)
        ]
        done += size


def _mended(proposal: Proposal, target: str, source: str) -> Proposal:
    """Repairs the typography of a draft and keeps the engine's own text beside it where that changed anything."""
    text = repair(proposal.text, target, source=source).text
    return replace(proposal, text=text, raw=proposal.text) if text and text != proposal.text else proposal


def _kept(plan: Plan, text: str) -> dict[str, Proposal]:
    return {target: Proposal(text, confidence) for target, confidence in plan.kept.items()}


def _ranges(slices: Iterable[Slice], targets: Sequence[str]) -> Iterator[dict[str, tuple[Draft, ...]]]:
    """Gathers the slices of one range, one a target, as the engine promises to send them."""
    gathered: dict[str, tuple[Draft, ...]] = {}
    for part in slices:
        gathered[part.target] = part.drafts
        if len(gathered) == len(targets):
            yield gathered
            gathered = {}
