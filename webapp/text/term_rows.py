"""Terms as files hold them, before anything is made of them: one row a French term, with its forms by language."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TermRow:
    """A French term of a file: `forms` by target, the one to use first. `policy` is translate, keep or never.

    `number` is the line or the entry it stands in, counted from 1; `match_case` None: as the term looks.
    """

    number: int
    source: str
    policy: str = "translate"
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""
    match_case: bool | None = None
