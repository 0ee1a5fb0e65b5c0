"""One article translated at once, without a database: the command line."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from webapp.domain import (
    UNTRANSLATED,
    Document,
    DocumentParagraph,
    DocumentSentence,
    Fingerprint,
    JobStatus,
    JobView,
    Origin,
    Sentence,
    SourceText,
    State,
    Translation,
    VersionProgress,
    count_words,
)
from webapp.engine.base import Engine
from webapp.errors import EmptyArticle
from webapp.languages import SOURCE
from webapp.services.articles import known_targets
from webapp.services.links import proposal_links
from webapp.services.proposals import make_plan, propose
from webapp.storage.drafts import Proposal
from webapp.storage.routes import in_hop_order

_Drafted = dict[str, Proposal]


def translate_document(
    engine: Engine,
    source: SourceText,
    targets: Sequence[str],
    *,
    progress: Callable[[int, int], None] | None = None,
    links: bool = False,
) -> Document:
    """Translates a source into some targets; the document is the one the stored article would become, without ids.

    `progress` is called with (done, total) in sentences × targets after each range of sentences. `links`: with word links.
    Raises EmptyArticle, TargetUnknown, and NoRoute before anything is translated; whatever the engine raises.
    """
    if not source.paragraphs:
        raise EmptyArticle
    wanted = known_targets(targets)
    drafted = _draft(engine, source, wanted, progress or _silent)
    return _document(source, wanted, drafted, links=links)


def _silent(_done: int, _total: int) -> None:
    return None


def _draft(engine: Engine, source: SourceText, targets: tuple[str, ...], progress: Callable[[int, int], None]) -> list[_Drafted]:
    """Proposes every sentence of the source; returns the proposals in source order."""
    places: dict[str | None, list[int]] = {}
    texts: list[str] = []
    for paragraph in source.paragraphs:
        for sentence in paragraph.sentences:
            places.setdefault(paragraph.language, []).append(len(texts))
            texts.append(sentence.text)
    plans = {language: make_plan(engine, article_source=SOURCE, language=language, targets=targets) for language in places}
    for plan in plans.values():
        if plan.missing:
            raise plan.missing[0]
    found: list[_Drafted] = [{} for _ in texts]
    done, total = 0, len(texts) * len(targets)
    for language, plan in plans.items():
        numbers = iter(places[language])
        for proposals in propose(engine, plan, [texts[n] for n in places[language]]):
            for proposal in proposals:
                found[next(numbers)] = proposal
            done += len(proposals) * len(targets)
            progress(done, total)
    return found


def _document(source: SourceText, targets: tuple[str, ...], drafted: Sequence[_Drafted], *, links: bool) -> Document:
    proposals = iter(drafted)
    paragraphs = tuple(
        DocumentParagraph(
            number,
            paragraph.kind,
            tuple(
                DocumentSentence(
                    n, s.text, s.separator, _translations(s, next(proposals), targets, paragraph.language, links=links)
                )
                for n, s in enumerate(paragraph.sentences)
            ),
            paragraph.separator,
            paragraph.language,
        )
        for number, paragraph in enumerate(source.paragraphs)
    )
    words = sum(count_words(s.text) for p in source.paragraphs for s in p.sentences)
    count = source.sentence_count
    by_target = {target: _packages(proposal[target] for proposal in drafted) for target in targets}
    return Document(
        id="",
        title=source.title,
        source=SOURCE,
        targets=targets,
        job=JobView(JobStatus.DONE, done=count * len(targets), total=count * len(targets)),
        packages=tuple(sorted({package for found in by_target.values() for package in found})),
        paragraphs=paragraphs,
        progress={target: _progress(target, count, words) for target in targets},
        packages_by_target=by_target,
        paragraph_count=len(paragraphs),
        sentence_count=count,
        word_count=words,
        encoding=source.encoding,
    )


def _translations(
    sentence: Sentence, proposals: _Drafted, targets: Sequence[str], language: str | None, *, links: bool
) -> dict[str, Translation]:
    made = {target: _translation(proposals[target]) if target in proposals else UNTRANSLATED for target in targets}
    if links:
        for target, proposal in proposals.items():
            made[target] = replace(made[target], links=proposal_links(sentence.text, proposal, target, language))
    return made


def _translation(proposal: Proposal) -> Translation:
    return Translation(proposal.text, State.DRAFT, Origin.MT, proposal.pivot, proposal.confidence, revision=1)


def _packages(proposals: Iterable[Proposal]) -> tuple[Fingerprint, ...]:
    """Lists the packages of one version in the order of their hops."""
    routes = dict.fromkeys(proposal.fingerprints for proposal in proposals)
    return in_hop_order(hop for route in routes for hop in enumerate(route))


def _progress(target: str, count: int, words: int) -> VersionProgress:
    nothing = dict.fromkeys(State, 0)
    return VersionProgress(target, count, words, nothing | {State.DRAFT: count}, nothing | {State.DRAFT: words})
