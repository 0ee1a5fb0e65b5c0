"""Word links on the pages: those of one paragraph, the picture of one sentence; and the map of an article’s quality."""

from typing import Final

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from webapp.domain import State
from webapp.errors import TargetUnknown
from webapp.languages import TARGETS
from webapp.services.articles import get_document, get_revision
from webapp.services.links import paragraph_links, sentence_chain
from webapp.services.quality import article_quality
from webapp.services.sentences import get_sentence
from webapp.web.fragments import context, fragment, wants_fragment
from webapp.web.linking import picture_of
from webapp.web.sheet import LOW_CONFIDENCE

pages: Final = Blueprint("links", __name__, url_prefix="/articles/<article_id>")

_ASKS: Final = 8
"""How often a picture of derived links asks again, two seconds apart: a worker that lives has read the sentence by then."""

_STATES: Final = {
    State.UNTRANSLATED: 0,
    State.REJECTED: 1,
    State.DRAFT: 2,
    State.TRANSLATED: 3,
    State.APPROVED: 4,
}


@pages.get("/paragraphs/<int:paragraph>/links")
def of_paragraph(article_id: str, paragraph: int) -> Response:
    """The links of a paragraph, small: sentence ▸ target ▸ [[source start, end, target start, end, per cent], …], code points.

    `exact` is false while some were derived from an earlier text; asking again later gives better ones.
    """
    with context().store.read() as tx:
        found = paragraph_links(tx, article_id, paragraph)
    sentences: dict[str, dict[str, list[list[int]]]] = {}
    for linked in found:
        rows = [[a, b, c, d, max(1, round(100 * probability))] for a, b, c, d, probability in linked.links]
        sentences.setdefault(str(linked.subject.index), {})[linked.subject.target] = rows
    return _fresh(jsonify(exact=all(linked.exact for linked in found), sentences=sentences))


@pages.get("/sentences/<int:sentence_id>/<target>/links")
def of_sentence(article_id: str, sentence_id: int, target: str) -> str:
    """The picture of one translation's links; for htmx alone, as a page without a script.

    While the links are only derived from an earlier text, the picture says so and asks for a better one by itself, a few times.
    """
    if target not in TARGETS:
        raise TargetUnknown(target=target, known=", ".join(TARGETS))
    asked = min(max(0, request.args.get("asked", 0, type=int)), _ASKS)
    with context().store.read() as tx:
        detail = get_sentence(tx, article_id, sentence_id)
        chain = sentence_chain(tx, article_id, sentence_id, target)
    address = {"article_id": article_id, "sentence_id": sentence_id, "target": target}
    shown = {
        "picture": picture_of(chain),
        "exact": chain.exact,
        "older_english": detail.translations[target].translation.pivot_changed,
        "again": None if chain.exact or asked == _ASKS else {**address, "asked": asked + 1},
    }
    if wants_fragment():
        return fragment("_links.html", level=2, **shown)
    return render_template("links.html", shown=shown, detail=detail, target=target)


@pages.get("/map")
def of_quality(article_id: str) -> Response:
    """Every sentence in seven figures: paragraph, length, state, doubt in per cent, low (0, 1), remark (0–2), stale (0, 1)."""
    target = request.args.get("version")
    with context().store.read() as tx:
        revision = get_revision(tx, article_id)
        answer = make_response()
        answer.set_etag(f"{revision}-{target or ''}")
        if request.if_none_match.contains(answer.get_etag()[0] or ""):
            return _fresh(Response(status=304))
        document = get_document(tx, article_id, start=0, stop=0)
        if target is not None and target not in document.targets:
            raise TargetUnknown(target=target, known=", ".join(document.targets))
        found = article_quality(tx, article_id, target=target)
    rows = [
        [
            one.paragraph,
            one.length,
            _STATES[one.state],
            round(100 * one.doubt),
            int(one.state is State.DRAFT and one.doubt > 1 - LOW_CONFIDENCE),
            int(one.remark),
            int(one.stale),
        ]
        for one in found
    ]
    answer.data = jsonify(paragraphs=document.paragraph_count, sentences=rows).data
    answer.mimetype = "application/json"
    return _fresh(answer)


def _fresh(answer: Response) -> Response:
    """Not kept without asking: the next answer may be another."""
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
