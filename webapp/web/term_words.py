"""What the values of the memory and the glossary are called on the pages, as message keys."""

from collections.abc import Mapping
from typing import Final

from webapp.errors import N_
from webapp.services.importing import Reason
from webapp.services.terms import Standing

REASON_WORDS: Final[Mapping[Reason, str]] = {
    Reason.NO_FRENCH: N_("without French"),
    Reason.NO_TARGET: N_("without a language that is translated into here"),
    Reason.TOO_LONG: N_("too long for a sentence or a term"),
    Reason.UNREVIEWED: N_("drafts or rejected where they come from"),
    Reason.RULE_UNKNOWN: N_("with a rule that is not known here"),
    Reason.DIFFERS: N_("left as the glossary has them, which says otherwise"),
}

STANDING_WORDS: Final[Mapping[Standing, str]] = {
    Standing.THERE: N_("is there"),
    Standing.MISSING: N_("is missing"),
    Standing.FORBIDDEN: N_("is used and must not be"),
    Standing.FREE: N_("nothing to do here"),
}
