"""The tree of everything that can go wrong on purpose: one class a cause.

    QuatrainError
    ├── SettingsInvalid               a QUATRAIN_* variable cannot be read
    ├── InputError                    what was sent cannot be taken
    │   ├── RequestInvalid
    │   ├── MediaTypeUnsupported
    │   ├── FileUnreadable
    │   ├── OutputUnwritable
    │   ├── EmptyArticle
    │   ├── ArticleTooLarge
    │   ├── EncodingUnreadable
    │   ├── FileTypeUnsupported
    │   ├── LanguageUnclear           not French, or cannot be told; a question, not a refusal
    │   ├── TargetUnknown
    │   ├── PairMalformed
    │   ├── TextMissing
    │   ├── ReasonMissing             a finding is dismissed without saying why
    │   └── SearchInvalid
    ├── NotFound
    │   ├── ArticleNotFound
    │   ├── SentenceNotFound
    │   ├── HistoryNotFound
    │   ├── FindingNotFound
    │   ├── CommentNotFound
    │   └── PageNotFound
    ├── MethodNotAllowed
    ├── AccessDenied
    ├── HostRefused
    ├── CrossSiteRefused              another site sent this on a reader’s behalf
    ├── FormExpired                   the CSRF token is missing or stale
    ├── Conflict
    │   ├── EditConflict              somebody else changed the sentence meanwhile
    │   ├── FindingsOpen              errors keep a translation from being approved
    │   ├── NothingToUndo
    │   ├── ProposalGone
    │   ├── PivotUnavailable          the translation does not go through English
    │   └── CommentOfAnother
    ├── EngineError                   the machine cannot translate
    │   ├── NoRoute
    │   ├── EngineFailed
    │   └── DraftingRepeatedlyFailed
    ├── PackageError                  an Argos package cannot be used
    │   ├── PackageNotFound
    │   ├── PackageFileUnreadable
    │   ├── PackageNotAZip
    │   ├── PackageDamaged
    │   ├── PackageEncrypted
    │   ├── PackageLayoutWrong
    │   ├── PackageMemberUnsafe
    │   ├── PackagePathUnsafe
    │   ├── PackageTooLarge
    │   ├── PackageMetadataInvalid
    │   ├── PackagePairWrong
    │   ├── PackageIncomplete
    │   ├── PackageModelBroken
    │   ├── PackageChecksumMismatch
    │   ├── PackageFilesChanged       an installed package is not what was installed any more
    │   ├── PackageRecordsUnreadable
    │   ├── PackageStoreBusy
    │   ├── PackageIndexUnreachable
    │   ├── PackageIndexInvalid
    │   ├── PackageNotInIndex
    │   └── PackageDownloadFailed
    ├── DiskFull
    ├── DataFolderUnwritable
    ├── PortBusy
    ├── AddressUnusable
    ├── ListeningUnsafe
    ├── ProcessKeepsStopping       a part of `quatrain serve` does not stay up
    ├── DatabaseUnavailable
    └── Unexpected

Each class has a `slug` (stable, for programs), an HTTP `status`, an `exit_code` for the command line, a short `title` and a
`message` with %(name)s places that the data given to the exception fill. Title and message are message keys of the catalogues
in `translations/`: they say what happened, what it means for the text, and what to do now. The data stays on the exception.
"""

from typing import ClassVar


def N_(message: str) -> str:
    """Marks a message for the catalogues without translating it now."""
    return message


class QuatrainError(Exception):
    """The root. `data` fills the places of `message` and travels to JSON clients as further members of the problem."""

    slug: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1
    title: ClassVar[str] = N_("Something went wrong")
    message: ClassVar[str] = N_("Quatrain could not do this. The log of the server says more.")

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.message % data)


class SettingsInvalid(QuatrainError):
    """`problems`: every unreadable setting, one line each."""

    slug, exit_code = "settings-invalid", 2
    title = N_("A setting cannot be read")
    message = N_("These settings cannot be used:\n%(problems)s\nCorrect or unset them, then start again.")


class InputError(QuatrainError):
    """What was sent cannot be taken as it is."""

    slug, status, exit_code = "input-invalid", 400, 2
    title = N_("This cannot be read")


class RequestInvalid(InputError):
    """`detail`: what is wrong with which field."""

    slug, status = "request-invalid", 422
    title = N_("The request is not of the right form")
    message = N_("%(detail)s")


class MediaTypeUnsupported(InputError):
    slug, status = "media-type-unsupported", 415
    title = N_("This kind of request body cannot be read")
    message = N_("The body has to be JSON: send it with the header “Content-Type: application/json”.")


class FileUnreadable(InputError):
    """`name`: the file's name, `detail`: what the system said."""

    slug = "file-unreadable"
    title = N_("This file cannot be read")
    message = N_("“%(name)s” cannot be read (%(detail)s).")


class OutputUnwritable(InputError):
    """`name`: the file's name, `detail`: what the system said."""

    slug = "output-unwritable"
    title = N_("The result cannot be written")
    message = N_("“%(name)s” cannot be written (%(detail)s). Nothing was left there half written.")


class EmptyArticle(InputError):
    slug = "article-empty"
    title = N_("There is no text")
    message = N_("The article holds no readable text. Paste the text, or choose a file that has some.")


class ArticleTooLarge(InputError):
    """`size_bytes`, `limit_bytes`."""

    slug, status = "article-too-large", 413
    title = N_("The article is too large")
    message = N_(
        "An article may have up to %(limit_bytes)s bytes on this server. Nothing was stored: send it in parts, or ask "
        "whoever runs the server to raise QUATRAIN_MAX_ARTICLE_BYTES."
    )


class EncodingUnreadable(InputError):
    slug = "encoding-unreadable"
    title = N_("The text’s encoding cannot be told")
    message = N_("The file is not text in an encoding that can be recognised. Save it as UTF-8 and send it again.")


class FileTypeUnsupported(InputError):
    """`name`: the file's name."""

    slug, status = "file-type-unsupported", 415
    title = N_("This kind of file cannot be read")
    message = N_("“%(name)s” is not a plain text file. Copy its text and paste it, or save it as .txt.")


class LanguageUnclear(InputError):
    """`language`: ISO 639-1 code detected, "" when nothing could be; `probability`: 0..1."""

    slug, status = "language-unclear", 409
    title = N_("Is this French?")
    message = N_(
        "The text does not look French (detected: %(language)s). Nothing was stored. Translate it anyway, as if it were "
        "French, or go back and paste the French text."
    )


class TargetUnknown(InputError):
    """`target`, `known`: comma-separated codes."""

    slug = "target-unknown"
    title = N_("Unknown target language")
    message = N_("“%(target)s” is not a language Quatrain translates into. Choose among %(known)s.")


class PairMalformed(InputError):
    """`pair`: what was given."""

    slug = "pair-malformed"
    title = N_("This is not a language pair")
    message = N_("“%(pair)s” is not a language pair. Write it as two language codes with a hyphen, for example fr-en.")


class TextMissing(InputError):
    slug, status = "text-missing", 422
    title = N_("There is no text")
    message = N_("A translation needs a text. The one that was there is kept; to bring an earlier one back, open the history.")


class ReasonMissing(InputError):
    slug, status = "reason-missing", 422
    title = N_("A reason is needed")
    message = N_("Say in a few words why this may stand, so that the next reader knows. Nothing was changed.")


class SearchInvalid(InputError):
    """`detail`: what is wrong with what was searched for."""

    slug, status = "search-invalid", 422
    title = N_("This cannot be searched for")
    message = N_("%(detail)s Nothing was changed.")


class NotFound(QuatrainError):
    slug, status, exit_code = "not-found", 404, 2
    title = N_("Not found")
    message = N_("There is nothing at this address. It may have been deleted, or the address is incomplete.")


class PageNotFound(NotFound):
    slug = "page-not-found"


class ArticleNotFound(NotFound):
    """`article_id`."""

    slug = "article-not-found"
    title = N_("This article is not here")
    message = N_("There is no article “%(article_id)s”. It may have been deleted; the list shows those there are.")


class SentenceNotFound(NotFound):
    """`article_id`, `sentence_id`."""

    slug = "sentence-not-found"
    title = N_("There is no such sentence")
    message = N_("This sentence is not in the article any more: the source was changed. What was removed is in its drawer.")


class HistoryNotFound(NotFound):
    """`history_id`."""

    slug = "history-not-found"
    title = N_("There is no such change")
    message = N_("The history of this article has no change %(history_id)s.")


class FindingNotFound(NotFound):
    """`finding_id`."""

    slug = "finding-not-found"
    title = N_("There is no such finding")
    message = N_("This finding does not stand any more: the text was changed since.")


class CommentNotFound(NotFound):
    """`comment_id`."""

    slug = "comment-not-found"
    title = N_("There is no such comment")
    message = N_("This comment is gone; somebody deleted it.")


class MethodNotAllowed(QuatrainError):
    slug, status = "method-not-allowed", 405
    title = N_("Not possible here")
    message = N_("This address does not take that kind of request.")


class AccessDenied(QuatrainError):
    slug, status = "access-denied", 401
    title = N_("An access token is needed")
    message = N_("This server asks for its access token. Enter it, or send it as “Authorization: Bearer …”.")


class HostRefused(QuatrainError):
    """`host`."""

    slug, status = "host-refused", 421
    title = N_("This server does not answer to that name")
    message = N_("The name “%(host)s” is not among those this server answers to. Add it to QUATRAIN_ALLOWED_HOSTS.")


class CrossSiteRefused(QuatrainError):
    slug, status = "cross-site-refused", 403
    title = N_("This came from another site")
    message = N_("Another site tried to change something here, so nothing was changed. Open the page here and do it there.")


class FormExpired(QuatrainError):
    slug, status = "form-expired", 400
    title = N_("This page is too old")
    message = N_("The form could not be checked, so nothing was changed. Reload the page and send it again.")


class Conflict(QuatrainError):
    """`detail`."""

    slug, status = "conflict", 409
    title = N_("That is not possible now")
    message = N_("%(detail)s")


class EditConflict(Conflict):
    """`mine`: the text that was sent; `theirs`, `who`, `at` (ISO 8601), `state`: what stands there now, and whose it is.

    `base`: the revision that was edited; `revision`: the one to send in order to replace theirs on purpose.
    """

    slug = "edit-conflict"
    title = N_("Somebody was quicker")
    message = N_("%(who)s changed this sentence meanwhile. Nothing was overwritten: compare both texts and choose.")


class FindingsOpen(Conflict):
    """`count`: how many; `findings`: for each, `id`, `check` and `text`."""

    slug = "findings-open"
    title = N_("Errors keep this from being approved")
    message = N_("The checks found errors (%(count)s). Correct them, or dismiss each with a reason, then approve.")


class NothingToUndo(Conflict):
    slug = "nothing-to-undo"
    title = N_("There is nothing to undo")
    message = N_("There is no change of yours that could be undone here, or somebody changed everything since.")


class ProposalGone(Conflict):
    slug = "proposal-gone"
    title = N_("This proposal is gone")
    message = N_("The machine’s proposal was taken, refused or replaced meanwhile. The text is as it was.")


class PivotUnavailable(Conflict):
    """`target`."""

    slug = "pivot-unavailable"
    title = N_("There is no English in between")
    message = N_("This sentence does not go through English on its way to %(target)s, so there is nothing to correct.")


class CommentOfAnother(Conflict):
    """`who`: its author."""

    slug = "comment-of-another"
    title = N_("This comment is not yours")
    message = N_("Only %(who)s can change or delete it. It can be resolved, or answered.")


class EngineError(QuatrainError):
    slug, exit_code = "engine-error", 1
    title = N_("The machine cannot translate")


class NoRoute(EngineError):
    """`source`, `target`: language codes; `command`: the command that mends it."""

    slug, status, exit_code = "no-route", 503, 3
    title = N_("A translation model is missing")
    message = N_(
        "No installed package leads from %(source)s to %(target)s. The text is kept. Install one with “%(command)s”, then "
        "try again."
    )


class EngineFailed(EngineError):
    """`detail`: what the engine said."""

    slug = "engine-failed"
    message = N_("The engine stopped: %(detail)s. What was already drafted is kept. Try again.")


class DraftingRepeatedlyFailed(EngineError):
    """`attempts`."""

    slug = "drafting-repeatedly-failed"
    title = N_("Drafting failed several times")
    message = N_(
        "The worker stopped %(attempts)s times while drafting this article, so it was set aside for the others’ sake. "
        "What was already drafted is kept. Look at the log, then try again."
    )


class PackageError(QuatrainError):
    slug, status, exit_code = "package-error", 422, 1
    title = N_("This package cannot be used")


class PackageNotFound(PackageError):
    """`pair`."""

    slug, status, exit_code = "package-not-found", 404, 3
    message = N_("No package %(pair)s is installed. “quatrain models list” shows what is.")


class PackageNotAZip(PackageError):
    """`name`: the file's name, here and below."""

    slug = "package-not-a-zip"
    message = N_("“%(name)s” is not an Argos package (a zip archive). Nothing was changed; fetch the file again.")


class PackageFileUnreadable(PackageError):
    """`detail`: what the system said when opening or reading the file."""

    slug = "package-file-unreadable"
    message = N_("“%(name)s” cannot be read (%(detail)s). Nothing was changed; check the path and the medium, then try again.")


class PackageDamaged(PackageError):
    """`detail`: where the archive breaks."""

    slug = "package-damaged"
    message = N_("“%(name)s” arrived damaged (%(detail)s). Nothing was changed; fetch the file again.")


class PackageEncrypted(PackageError):
    slug = "package-encrypted"
    message = N_("“%(name)s” is encrypted; Argos packages never are. It was refused; fetch the file from its source.")


class PackageLayoutWrong(PackageError):
    """`detail`: what is not as in an Argos package."""

    slug = "package-layout-wrong"
    message = N_("“%(name)s” is not laid out like an Argos package (%(detail)s). Nothing was changed; fetch the file again.")


class PackageMemberUnsafe(PackageError):
    """`member`: the link or device inside the archive."""

    slug = "package-member-unsafe"
    message = N_("“%(name)s” holds something that is not a plain file (%(member)s). It was refused; do not trust this file.")


class PackagePathUnsafe(PackageError):
    """`member`: the offending path inside the archive."""

    slug = "package-path-unsafe"
    message = N_("“%(name)s” holds a path that leads outside its folder (%(member)s). It was refused; do not trust this file.")


class PackageTooLarge(PackageError):
    """`limit_bytes`."""

    slug = "package-too-large"
    message = N_("“%(name)s” would unpack to more than %(limit_bytes)s bytes. It was refused; nothing was changed.")


class PackageMetadataInvalid(PackageError):
    """`detail`."""

    slug = "package-metadata-invalid"
    message = N_("The metadata of “%(name)s” is missing or wrong (%(detail)s). Nothing was changed; fetch the file again.")


class PackagePairWrong(PackageError):
    """`expected`, `found`: pairs."""

    slug = "package-pair-wrong"
    message = N_("“%(name)s” translates %(found)s, not %(expected)s. Nothing was changed.")


class PackageIncomplete(PackageError):
    """`missing`: what is not in it."""

    slug = "package-incomplete"
    message = N_("“%(name)s” lacks %(missing)s. Nothing was changed; fetch the file again.")


class PackageModelBroken(PackageError):
    """`detail`: what the engine said when loading it."""

    slug = "package-model-broken"
    message = N_("The model in “%(name)s” does not load (%(detail)s). Nothing was changed; fetch the file again.")


class PackageChecksumMismatch(PackageError):
    """`pair`, `version`; `expected`, `found`: SHA-256."""

    slug = "package-checksum-mismatch"
    message = N_(
        "“%(name)s” is not the file that was recorded as %(pair)s %(version)s (SHA-256 %(found)s, not %(expected)s). Nothing was "
        "changed. If it is the right one, “quatrain models remove %(pair)s” first."
    )


class PackageFilesChanged(PackageError):
    """`pair`, `detail`: which file is missing or differs."""

    slug, exit_code = "package-files-changed", 3
    message = N_(
        "The files of package %(pair)s are not those that were installed (%(detail)s). Texts already drafted are kept. "
        "Install it again with “quatrain models install %(pair)s”, or import its file."
    )


class PackageRecordsUnreadable(PackageError):
    """`path`, `detail`."""

    slug, status, exit_code = "package-records-unreadable", 500, 3
    title = N_("The list of installed packages cannot be read")
    message = N_(
        "%(path)s cannot be read (%(detail)s). Texts already drafted are kept. “quatrain models install” or “quatrain models "
        "import FILE…” writes it anew from the packages that are there."
    )


class PackageStoreBusy(PackageError):
    slug, status = "package-store-busy", 409
    message = N_("Another process is installing packages. Wait until it is done, then try again.")


class PackageIndexUnreachable(PackageError):
    """`url`, `detail`."""

    slug, status = "package-index-unreachable", 503
    title = N_("The package index cannot be reached")
    message = N_(
        "%(url)s does not answer (%(detail)s). Check the network, or bring the .argosmodel files and use "
        "“quatrain models import FILE…”."
    )


class PackageIndexInvalid(PackageError):
    """`url`, `detail`."""

    slug, status = "package-index-invalid", 502
    title = N_("The package index cannot be read")
    message = N_("%(url)s did not send a list of packages (%(detail)s). Check QUATRAIN_PACKAGE_INDEX.")


class PackageNotInIndex(PackageError):
    """`pair`, `url`."""

    slug, status, exit_code = "package-not-in-index", 404, 3
    message = N_("The index at %(url)s has no package %(pair)s.")


class PackageDownloadFailed(PackageError):
    """`pair`, `detail`."""

    slug, status = "package-download-failed", 502
    message = N_("%(pair)s could not be downloaded (%(detail)s). What arrived is kept: the same command goes on from there.")


class DiskFull(QuatrainError):
    """`folder`."""

    slug, status = "disk-full", 507
    title = N_("The disk is full")
    message = N_("There is no room left in %(folder)s. Nothing was changed; make room, then try again.")


class DataFolderUnwritable(QuatrainError):
    """`folder`, `detail`."""

    slug, exit_code = "data-folder-unwritable", 2
    title = N_("The data folder cannot be written")
    message = N_("Quatrain cannot write in %(folder)s (%(detail)s). Set QUATRAIN_DATA_DIR to a folder it may write in.")


class PortBusy(QuatrainError):
    """`host`, `port`."""

    slug, exit_code = "port-busy", 2
    title = N_("The port is taken")
    message = N_(
        "Something else already listens on %(host)s:%(port)s. Choose another port: quatrain serve --port N, or QUATRAIN_PORT=N."
    )


class AddressUnusable(QuatrainError):
    """`host`, `port`, `detail`: what the system said."""

    slug, exit_code = "address-unusable", 2
    title = N_("Quatrain cannot listen there")
    message = N_("Quatrain cannot listen on %(host)s:%(port)s (%(detail)s). Choose another: quatrain serve --host H --port N.")


class ProcessKeepsStopping(QuatrainError):
    """`name`: which part, `code`: how it ended."""

    slug = "process-keeps-stopping"
    title = N_("A part of Quatrain does not stay up")
    message = N_("The %(name)s stops as soon as it starts (%(code)s), so everything was stopped. “quatrain doctor” may say why.")


class ListeningUnsafe(QuatrainError):
    """`host`."""

    slug, exit_code = "listening-unsafe", 2
    title = N_("Nobody would have to log in")
    message = N_(
        "Listening on %(host)s would open every text to the network. Set QUATRAIN_ACCESS_TOKEN first, or listen on 127.0.0.1."
    )


class DatabaseUnavailable(QuatrainError):
    """`detail`."""

    slug, status = "database-unavailable", 503
    title = N_("The database does not answer")
    message = N_("The database cannot be used (%(detail)s). Nothing was lost that was saved; try again when it is back.")


class Unexpected(QuatrainError):
    """`reference`: what to look for in the log."""

    slug = "unexpected"
    title = N_("Something unexpected happened")
    message = N_("Nothing you wrote was lost that was saved. Whoever runs the server finds this in the log as %(reference)s.")
