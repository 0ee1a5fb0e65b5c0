"""Findings: listed, dismissed with a reason, repaired where the check knows how."""

from dataclasses import replace

from webapp.errors import FindingNotFound, ReasonMissing
from webapp.reviewing import FindingView, Saved
from webapp.services import checking
from webapp.services.changing import apply, by_person, check_revision, open_sentence, saved
from webapp.storage import articles, findings, held, writing
from webapp.storage.store import Transaction
from webapp.storage.writing import Act
from webapp.text.normalise import normalise


def list_findings(
    tx: Transaction, article_id: str, *, target: str | None = None, dismissed: bool = False
) -> tuple[FindingView, ...]:
    """Lists the findings of an article in source order, with their places; the dismissed ones only if asked for.

    Raises ArticleNotFound.
    """
    return findings.of_article(tx, articles.key_of(tx, article_id), target, dismissed=dismissed)


def dismiss_finding(tx: Transaction, article_id: str, finding_id: int, *, reason: str, who: str = "local") -> FindingView:
    """Lets a finding stand for a reason, which is kept as long as the checks report the same.

    Raises ReasonMissing, FindingNotFound or ArticleNotFound.
    """
    kept = normalise(reason).strip()
    if not kept:
        raise ReasonMissing
    return _set(tx, article_id, finding_id, who, kept)


def reopen_finding(tx: Transaction, article_id: str, finding_id: int, *, who: str = "local") -> FindingView:
    """Takes a dismissal back; an approval given meanwhile stays. Raises FindingNotFound or ArticleNotFound."""
    del who  # the history of dismissals is not kept
    return _set(tx, article_id, finding_id, None, None)


def _set(tx: Transaction, article_id: str, finding_id: int, who: str | None, reason: str | None) -> FindingView:
    article = held.lock(tx, article_id)
    spot, _ = findings.spot_of(tx, article, finding_id)
    findings.set_dismissed(tx, finding_id, who=who, reason=reason)
    counts = findings.count_open(tx, [spot])
    current = [h for h in held.held(tx, article, only=[spot[0]]) if h.target == spot[1]]
    writing.mark(tx, [(h, checking.counted(h, counts)) for h in current])
    return findings.spot_of(tx, article, finding_id)[1]


def apply_fix(
    tx: Transaction, article_id: str, finding_id: int, *, revision: int | None, who: str = "local", via: str = "web"
) -> Saved:
    """Replaces a translation by the text in which the check repaired it; it counts as edited.

    Raises FindingNotFound (also when the check has no repair), EditConflict or ArticleNotFound.
    """
    (sentence, target), finding = findings.spot_of(tx, held.lock(tx, article_id), finding_id)
    if finding.fix is None:
        raise FindingNotFound(finding_id=finding_id)
    before = open_sentence(tx, article_id, sentence, target).mine
    check_revision(tx, before, revision, finding.fix, agrees=before.text == finding.fix)
    after = before if before.text == finding.fix else by_person(before, finding.fix)
    return saved(tx, apply(tx, Act("fix", who, via), [(before, replace(after, stale=before.stale))]))
