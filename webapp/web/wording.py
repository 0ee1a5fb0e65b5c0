"""What the values of the review are called on the pages, as message keys."""

from collections.abc import Mapping
from typing import Final

from webapp.domain import Origin
from webapp.errors import N_
from webapp.reviewing import Skip, SourceChangeKind
from webapp.services.filters import Filter

ORIGIN_WORDS: Final[Mapping[Origin, str]] = {
    Origin.MT: N_("by the machine"),
    Origin.MEMORY: N_("from the memory"),
    Origin.HUMAN: N_("by a person"),
    Origin.MT_EDITED: N_("by the machine, edited"),
    Origin.IMPORTED: N_("imported"),
}

REASON_WORDS: Final[Mapping[str, str]] = {
    "source": N_("The French changed. From the new French the machine proposes:"),
    "pivot": N_("The English changed. From the new English the machine proposes:"),
    "asked": N_("The machine proposes:"),
}

ACTION_WORDS: Final[Mapping[str, str]] = {
    "draft": N_("drafted"),
    "edit": N_("edited"),
    "approve": N_("approved"),
    "reject": N_("rejected"),
    "set-state": N_("state changed"),
    "replace": N_("replaced"),
    "undo": N_("undone"),
    "restore": N_("restored"),
    "accept-proposal": N_("proposal taken"),
    "reject-proposal": N_("proposal refused"),
    "pivot": N_("pivot corrected"),
    "source": N_("source changed"),
    "fix": N_("corrected by a check"),
    "import": N_("imported"),
    "memory": N_("filled from the memory"),
}

FILTER_WORDS: Final[Mapping[Filter, str]] = {
    Filter.ALL: N_("all"),
    Filter.UNFINISHED: N_("unfinished"),
    Filter.LOW_CONFIDENCE: N_("low confidence"),
    Filter.FINDINGS: N_("with findings"),
    Filter.MINE: N_("changed by me"),
    Filter.COMMENTED: N_("commented"),
    Filter.STALE: N_("source changed"),
    Filter.PROPOSALS: N_("with a proposal"),
}

CHANGE_WORDS: Final[Mapping[SourceChangeKind, str]] = {
    SourceChangeKind.CHANGED: N_("changed"),
    SourceChangeKind.ADDED: N_("new"),
    SourceChangeKind.REMOVED: N_("removed"),
    SourceChangeKind.MOVED: N_("moved"),
    SourceChangeKind.RESTORED: N_("back from the drawer"),
}

SKIP_WORDS: Final[Mapping[Skip, str]] = {
    Skip.UNTRANSLATED: N_("not translated yet"),
    Skip.REJECTED: N_("rejected"),
    Skip.STALE: N_("the French or the English changed since"),
    Skip.ERRORS: N_("with open errors"),
}
