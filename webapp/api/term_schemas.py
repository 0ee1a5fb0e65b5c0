"""What the endpoints of the memory and the glossary take and give."""

from datetime import datetime
from typing import Annotated, Literal

from apiflask.fields import UploadFile
from pydantic import BaseModel, ConfigDict, Field

from webapp.api.schemas import MAX_LIMIT, Model, Text
from webapp.services.glossary import LONGEST, LONGEST_NOTE, Given
from webapp.services.importing import Report
from webapp.services.memory import EntryPage, Match
from webapp.storage.glossary import StoredTerm, TermPage
from webapp.storage.memory import Counts, Entry

Form = Annotated[Text, Field(min_length=1, max_length=LONGEST)]


class FileIn(BaseModel):
    """A file to take."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    file: UploadFile = Field(description="The file.")


class LeftModel(Model):
    """What was left for one reason."""

    reason: str
    count: int
    first: list[int] = Field(description="The numbers of the first few: units of a TMX file, lines of a table.")


class ReportModel(Model):
    """What became of a file."""

    name: str
    read: int
    added: int
    changed: int
    known: int = Field(description="There already.")
    left: list[LeftModel]

    @classmethod
    def of(cls, report: Report) -> "ReportModel":
        """Puts a report into its shape."""
        left = [LeftModel(reason=reason, count=one.count, first=list(one.first)) for reason, one in report.left.items()]
        return cls(name=report.name, read=report.read, added=report.added, changed=report.changed, known=report.known, left=left)


# --- the memory -------------------------------------------------------------------------------------------------------


class MatchQuery(Model):
    """A French sentence to look for."""

    text: Text = Field(min_length=1, max_length=10_000, description="In French.", examples=["Le musée rouvre ses portes."])
    target: str = Field(description="The language of the translations wanted.", examples=["en"])
    previous: Text | None = Field(default=None, max_length=10_000, description="The sentence before it, empty at the beginning.")
    following: Text | None = Field(default=None, max_length=10_000, description="The sentence after it, empty at the end.")
    limit: int = Field(default=5, ge=1, le=20)


class EntryQuery(Model):
    """Which entries to list."""

    q: Text = Field(default="", max_length=200, description="Words that it holds in either language, as they are written.")
    target: str = Field(default="", max_length=8)
    limit: int = Field(default=50, ge=1, le=MAX_LIMIT)
    offset: int = Field(default=0, ge=0, le=2**31)


class MemoryExportQuery(Model):
    """What the file holds."""

    target: str = Field(default="", max_length=8, description="One target language; all without it.", examples=["ru"])


class EntryModel(Model):
    """A pair that is remembered."""

    id: int
    source: str
    target: str
    text: str
    previous: str | None = Field(description="The French before it: empty at the beginning, null where it is not known.")
    following: str | None
    origin: Literal["article", "file"]
    name: str = Field(description="The title of the article or the name of the file.")
    article: str | None
    approved: bool
    who: str
    at: datetime

    @classmethod
    def of(cls, entry: Entry) -> "EntryModel":
        """Puts an entry into its shape."""
        return cls(
            id=entry.id,
            source=entry.source,
            target=entry.target,
            text=entry.text,
            previous=entry.previous,
            following=entry.following,
            origin=entry.origin.value,
            name=entry.name,
            article=entry.article_id,
            approved=entry.approved,
            who=entry.who,
            at=entry.at,
        )


class MatchModel(Model):
    """An entry that is like the sentence asked about."""

    percent: int = Field(description="101: the same between the same neighbours; 100: the same; else 70 to 99.")
    same_figures: bool
    entry: EntryModel


class MatchesModel(Model):
    """The best matches first."""

    matches: list[MatchModel]

    @classmethod
    def of(cls, matches: tuple[Match, ...]) -> "MatchesModel":
        """Puts matches into their shape."""
        found = [MatchModel(percent=m.percent, same_figures=m.same_figures, entry=EntryModel.of(m.entry)) for m in matches]
        return cls(matches=found)


class MemoryModel(Model):
    """What is remembered, a page of it, the newest first."""

    sentences: int = Field(description="French sentences in all.")
    by_target: dict[str, int]
    entries: list[EntryModel]
    more: bool

    @classmethod
    def of(cls, counts: Counts, page: EntryPage) -> "MemoryModel":
        """Puts a page into its shape."""
        entries = [EntryModel.of(entry) for entry in page.items]
        return cls(sentences=counts.sources, by_target=dict(counts.by_target), entries=entries, more=page.more)


# --- the glossary -----------------------------------------------------------------------------------------------------


class TermIn(Model):
    """A term to store."""

    source: Form = Field(description="The French term; it is found however it is inflected.", examples=["préfet"])
    policy: Literal["translate", "keep", "never"] = Field(
        default="translate",
        description="`translate`: one of the forms has to be there; `keep`: the French itself; `never`: none of the forms.",
    )
    targets: dict[str, Annotated[list[Form], Field(min_length=1, max_length=20)]] = Field(
        default_factory=dict, description="Forms by language, the one to use first.", examples=[{"en": ["prefect"]}]
    )
    note: Text = Field(default="", max_length=LONGEST_NOTE)
    match_case: bool | None = Field(default=None, description="Whether capitals count; null: in names and acronyms of one word.")

    @property
    def given(self) -> Given:
        """The term for the service."""
        return Given(self.source, self.policy, self.targets, self.note, self.match_case)


class TermModel(Model):
    """A term of the glossary."""

    id: int
    source: str
    policy: Literal["translate", "keep", "never"]
    targets: dict[str, list[str]]
    note: str
    match_case: bool
    who: str
    at: datetime | None

    @classmethod
    def of(cls, term: StoredTerm) -> "TermModel":
        """Puts a term into its shape."""
        return cls(
            id=term.id,
            source=term.source,
            policy=term.policy,  # type: ignore[arg-type] # nothing else is stored
            targets={target: list(forms.all) for target, forms in term.targets.items()},
            note=term.note,
            match_case=term.match_case,
            who=term.who,
            at=term.at,
        )


class OwnerQuery(Model):
    """Whose terms."""

    article: str = Field(default="", max_length=40, description="The id of an article, for its own terms; else those of all.")


class TermsQuery(OwnerQuery):
    """Which terms to list."""

    q: Text = Field(default="", max_length=200, description="Only terms that hold this in the French or a translation.")
    limit: int = Field(default=50, ge=1, le=MAX_LIMIT)
    offset: int = Field(default=0, ge=0, le=2**31)


class GlossaryImportQuery(OwnerQuery):
    """Where the terms go."""

    replace: bool = Field(default=False, description="Where the glossary says otherwise, the file is right.")


class TermsModel(Model):
    """A page of the glossary, by letter; `total` counts all that match."""

    terms: list[TermModel]
    total: int
    limit: int
    offset: int

    @classmethod
    def of(cls, page: TermPage, limit: int, offset: int) -> "TermsModel":
        """Puts a page into its shape."""
        return cls(terms=[TermModel.of(term) for term in page.items], total=page.total, limit=limit, offset=offset)
