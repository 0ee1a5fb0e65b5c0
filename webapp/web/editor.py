"""The open sentence as the page shows it: what stands in its field, and what is said around it."""

from dataclasses import dataclass
from typing import Final

from webapp.domain import Translation
from webapp.errors import EditConflict, TargetUnknown
from webapp.languages import LANGUAGES, SOURCE
from webapp.reviewing import (
    AlternativesView,
    Diff,
    FindingView,
    HistoryEntry,
    PivotView,
    Place,
    ProposalView,
    SentenceDetail,
    TranslationDetail,
    UnsavedView,
)
from webapp.services.diffs import diff_words
from webapp.services.memory import Match, matches_of
from webapp.services.sentences import get_sentence
from webapp.services.terms import ShownTerm, places_of, terms_of_sentence
from webapp.storage.store import Transaction
from webapp.web.errors import Problem
from webapp.web.filtering import WHO
from webapp.web.sheet import row_dom_id, sentence_dom_id, words_of
from webapp.web.wording import ORIGIN_WORDS, REASON_WORDS

DRAWERS: Final = ("alternatives", "history", "comments", "memory", "glossary")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two texts for one sentence: `theirs` is stored, with the revision that replaces it on purpose; `diff` leads to mine.

    `asked` is what was to be done with mine, as in `approve-next`; "": it was only to be saved.
    """

    theirs: str
    mine: str
    who: str
    revision: int
    diff: Diff
    asked: str = ""

    @property
    def approves(self) -> bool:
        """Whether mine was to be approved."""
        return self.asked.startswith("approve")


@dataclass(frozen=True, slots=True)
class Editor:
    """One open sentence in one target. `text` stands in the field; `revision` is the one it was begun from."""

    detail: SentenceDetail
    mine: TranslationDetail
    text: str
    revision: int
    restored: UnsavedView | None = None
    conflict: Conflict | None = None
    problem: Problem | None = None
    drawer: str = ""
    unsaved: bool = False
    matches: tuple[Match, ...] = ()
    terms: tuple[ShownTerm, ...] = ()

    @property
    def article_id(self) -> str:
        return self.detail.article_id

    @property
    def sentence_id(self) -> int:
        return self.detail.sentence_id

    @property
    def target(self) -> str:
        return self.mine.target

    @property
    def paragraph(self) -> int:
        return self.detail.paragraph

    @property
    def place(self) -> Place:
        return Place(self.sentence_id, self.target, self.paragraph, self.detail.index)

    @property
    def address(self) -> dict[str, object]:
        """What every address about this translation names."""
        return {"article_id": self.article_id, "sentence_id": self.sentence_id, "target": self.target}

    @property
    def number(self) -> str:
        """Paragraph and sentence as people count them."""
        return f"{self.paragraph + 1}.{self.detail.index + 1}"

    @property
    def row_id(self) -> str:
        return row_dom_id(self.paragraph)

    @property
    def dom_id(self) -> str:
        """The sentence on the sheet."""
        return sentence_dom_id(self.paragraph, self.detail.index, self.target)

    @property
    def language(self) -> str:
        return LANGUAGES[self.target].endonym

    @property
    def source_language(self) -> str:
        return self.detail.language or SOURCE

    @property
    def translation(self) -> Translation:
        return self.mine.translation

    @property
    def words(self) -> tuple[str, ...]:
        """Its state and all that is to be known of it, as message keys."""
        origin = self.translation.origin
        return (*words_of(self.translation), *([ORIGIN_WORDS[origin]] if origin else []))

    @property
    def open_findings(self) -> tuple[FindingView, ...]:
        """Errors first."""
        return tuple(sorted((f for f in self.mine.findings if not f.dismissed), key=lambda f: f.severity))

    @property
    def dismissed_findings(self) -> tuple[FindingView, ...]:
        return tuple(f for f in self.mine.findings if f.dismissed)

    @property
    def proposal(self) -> ProposalView | None:
        return self.mine.proposal

    @property
    def proposal_words(self) -> str:
        """Why there is one."""
        return REASON_WORDS.get(self.mine.proposal.reason, REASON_WORDS["asked"]) if self.mine.proposal else ""

    @property
    def pivot(self) -> PivotView | None:
        return self.mine.pivot

    @property
    def alternatives(self) -> AlternativesView | None:
        return self.mine.alternatives

    @property
    def history(self) -> tuple[HistoryEntry, ...]:
        return self.mine.history

    @property
    def term_places(self) -> str:
        """Where the French has terms, for the script that marks them: `4-10 22-30`."""
        return places_of(self.terms)

    @property
    def open_comments(self) -> int:
        return sum(not c.resolved for c in self.detail.comments if c.target in (None, self.target))


def read_editor(
    tx: Transaction,
    article_id: str,
    sentence_id: int,
    target: str,
    *,
    conflict: EditConflict | None = None,
    problem: Problem | None = None,
    text: str | None = None,
    drawer: str = "",
    asked: str = "",
) -> Editor:
    """Opens a sentence in one target: with what was being typed, if that differs; or with `text`, sent and not saved.

    `asked` is what was to be done with the text that met a `conflict`.

    Raises ArticleNotFound, SentenceNotFound or TargetUnknown.
    """
    detail = get_sentence(tx, article_id, sentence_id, who=WHO)
    if target not in detail.translations:
        raise TargetUnknown(target=target, known=", ".join(detail.translations))
    mine = detail.translations[target]
    restored = mine.unsaved if mine.unsaved is not None and mine.unsaved.text != mine.translation.text else None
    if text is not None:
        restored = None
    clash = _clash(mine, conflict, restored, asked)
    if clash is not None:
        shown, base = clash.mine, int(str(conflict.data["base"])) if conflict else restored.base_revision if restored else 0
        restored = None
    else:
        base = mine.translation.revision if restored is None else restored.base_revision
        shown = text if text is not None else mine.translation.text if restored is None else restored.text
    return Editor(
        detail,
        mine,
        shown,
        base,
        restored,
        clash,
        problem,
        drawer if drawer in DRAWERS else "",
        text is not None,
        matches_of(tx, detail, target),
        terms_of_sentence(tx, detail, shown, target),
    )


def _clash(mine: TranslationDetail, conflict: EditConflict | None, restored: UnsavedView | None, asked: str) -> Conflict | None:
    """What somebody else did meanwhile: told by the refusal of a save, or by what was typed before it."""
    stored = mine.translation
    if conflict is not None:
        text, who = str(conflict.data["mine"]), str(conflict.data["who"])
    elif restored is not None and restored.is_outdated:
        text, who = restored.text, mine.history[0].who if mine.history else ""
    else:
        return None
    return Conflict(stored.text, text, who, stored.revision, diff_words(stored.text, text), asked)
