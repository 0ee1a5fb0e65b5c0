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
    │   ├── FileTooLarge
    │   ├── FileNotWhatItSays         its name says one thing, its content another
    │   ├── FileDamaged
    │   ├── FileEncrypted
    │   ├── FileHasMacros
    │   ├── FileTooComplex            a bomb, or built like one
    │   ├── FileUnsafe                it defines entities or leads out of itself
    │   ├── FileReadingTooLong
    │   ├── LanguageUnclear           not French, or cannot be told; a question, not a refusal
    │   ├── LanguageMismatch          a brought text is in another language than it is said to be
    │   ├── TooManySegments
    │   ├── RepairImpossible          the beads of an alignment cannot be changed that way
    │   ├── TargetUnknown
    │   ├── PairMalformed
    │   ├── TextMissing
    │   ├── ReasonMissing             a finding is dismissed without saying why
    │   ├── ImportTooLarge
    │   ├── ImportUnreadable          a file of terms or translations is not one, or not safe
    │   ├── TermInvalid               an entry of the glossary lacks something, or says too much
    │   ├── IdempotencyKeyReused
    │   ├── WebhookAddressRefused     its address is not one that may be called
    │   └── SearchInvalid
    ├── NotFound
    │   ├── ArticleNotFound
    │   ├── SentenceNotFound
    │   ├── HistoryNotFound
    │   ├── FindingNotFound
    │   ├── CommentNotFound
    │   ├── AlignmentNotFound
    │   ├── BroughtNotFound           no version was brought, or it was taken or dropped since
    │   ├── WebhookNotFound
    │   ├── KeyNotFound
    │   ├── EntryNotFound             of the translation memory
    │   ├── TermNotFound              of the glossary
    │   ├── OriginalFileMissing       the article was pasted, there is no file to give back
    │   └── PageNotFound
    ├── MethodNotAllowed
    ├── AccessDenied
    │   └── KeyRefused                the API key is unknown, expired or revoked
    ├── ScopeMissing                  the API key may not do this
    ├── TooManyRequests
    ├── ServerBusy                    everything that may wait is waiting
    ├── NoAnswer                      no worker answered in time
    ├── PreconditionRequired          an edit does not say what it was made of
    ├── RevisionChanged               … and what it was made of is not what stands there now
    ├── HostRefused
    ├── CrossSiteRefused              another site sent this on a reader’s behalf
    ├── FormExpired                   the CSRF token is missing or stale
    ├── Conflict
    │   ├── EditConflict              somebody else changed the sentence meanwhile
    │   ├── FindingsOpen              errors keep a translation from being approved
    │   ├── NothingToUndo
    │   ├── BroughtChanged            a brought version, or its article, moved on meanwhile
    │   ├── ProposalGone
    │   ├── PivotUnavailable          the translation does not go through English
    │   ├── CommentOfAnother
    │   ├── TermKnown                 the glossary holds it already
    │   └── KeyNameTaken
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
    ├── PdfUnavailable                what sets a PDF is not installed
    ├── PdfTooLong
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
    message = N_(
        "“%(name)s” is not a kind of file that can be read here. Copy its text and paste it, or save it as .docx, .odt or .txt."
    )


class FileTooLarge(InputError):
    """`size_bytes`, `limit_bytes`."""

    slug, status = "file-too-large", 413
    title = N_("The file is too large")
    message = N_(
        "A file may have up to %(limit_bytes)s bytes on this server. Nothing was stored: make its pictures smaller, or ask "
        "whoever runs the server to raise QUATRAIN_MAX_FILE_BYTES."
    )


class FileNotWhatItSays(InputError):
    """`name`: the file's name, `found`: what its content is."""

    slug, status = "file-not-what-it-says", 415
    title = N_("The file is not what its name says")
    message = N_("“%(name)s” holds something else than its name says (%(found)s). Give it its right ending, then send it again.")


class FileDamaged(InputError):
    """`name`: the file's name, `detail`: what is wrong."""

    slug, status = "file-damaged", 422
    title = N_("The file is damaged")
    message = N_("“%(name)s” cannot be read (%(detail)s). Open it where it was written, save it anew and send that.")


class FileEncrypted(InputError):
    """`name`: the file's name."""

    slug, status = "file-encrypted", 422
    title = N_("The file is protected by a password")
    message = N_("“%(name)s” is protected by a password. Save it without one, then send it again.")


class FileHasMacros(InputError):
    """`name`: the file's name."""

    slug, status = "file-has-macros", 422
    title = N_("The file holds programs")
    message = N_(
        "“%(name)s” holds macros, which are not taken. Save it as a document without macros (.docx, .odt) and send that."
    )


class FileTooComplex(InputError):
    """`name`: the file's name, `detail`: what there is too much of."""

    slug, status = "file-too-complex", 422
    title = N_("The file is built in an unusual way")
    message = N_("“%(name)s” is not read, because no article is built like it (%(detail)s). Copy its text and paste that.")


class FileUnsafe(InputError):
    """`name`: the file's name, `detail`: what is in it."""

    slug, status = "file-unsafe", 422
    title = N_("The file is not safe to read")
    message = N_("“%(name)s” is not read, because it could harm the server (%(detail)s). Copy its text and paste that.")


class FileReadingTooLong(InputError):
    """`name`: the file's name, `seconds`: how long it was tried."""

    slug, status = "file-reading-too-long", 422
    title = N_("The file takes too long to read")
    message = N_("Reading “%(name)s” was given up after %(seconds)s seconds. Copy its text and paste that, or send it in parts.")


class LanguageUnclear(InputError):
    """`language`: ISO 639-1 code detected, "" when nothing could be; `probability`: 0..1."""

    slug, status = "language-unclear", 409
    title = N_("Is this French?")
    message = N_(
        "The text does not look French (detected: %(language)s). Nothing was stored. Translate it anyway, as if it were "
        "French, or go back and paste the French text."
    )


class LanguageMismatch(InputError):
    """`language`: ISO 639-1 code detected, `target`: the one it should be."""

    slug, status = "language-mismatch", 409
    title = N_("Is this the right text?")
    message = N_(
        "The text looks like another language (detected: %(language)s) than the one chosen (%(target)s). Nothing was aligned. "
        "Choose the other language or text, or say that it is to be taken as it is."
    )


class TooManySegments(InputError):
    """`count`, `limit`."""

    slug, status = "too-many-segments", 413
    title = N_("The text is too long to be aligned at once")
    message = N_("The text has %(count)s segments; %(limit)s can be aligned at once. Send it in parts.")


class RepairImpossible(InputError):
    """`detail`: why."""

    slug, status = "repair-impossible", 409
    title = N_("This row cannot be changed that way")
    message = N_("%(detail)s")


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


class ImportTooLarge(InputError):
    """`limit_bytes`."""

    slug, status = "import-too-large", 413
    title = N_("The file is too large")
    message = N_(
        "A file of terms or translations may have up to %(limit_bytes)s bytes on this server. Nothing was taken: send it in "
        "parts, use “quatrain memory import”, or ask whoever runs the server to raise QUATRAIN_MAX_IMPORT_BYTES."
    )


class ImportUnreadable(InputError):
    """`name`: the file's name, `detail`: what is wrong with it."""

    slug, status = "import-unreadable", 422
    title = N_("This file cannot be taken")
    message = N_("“%(name)s” cannot be taken (%(detail)s). Nothing was taken from it; write it anew where it comes from.")


class TermInvalid(InputError):
    """`detail`: what is missing or wrong."""

    slug, status = "term-invalid", 422
    title = N_("This is no entry for the glossary")
    message = N_("%(detail)s The glossary was not changed.")


class IdempotencyKeyReused(InputError):
    slug, status = "idempotency-key-reused", 422
    title = N_("This key belongs to another request")
    message = N_(
        "The same Idempotency-Key came with another request before. Nothing was stored: make a new key for a new request."
    )


class WebhookAddressRefused(InputError):
    """`url`, `detail`: what is wrong with it."""

    slug, status = "webhook-address-refused", 422
    title = N_("This address may not be called")
    message = N_(
        "“%(url)s” cannot be a webhook (%(detail)s). Use a public http or https address, or ask whoever runs the server."
    )


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


class AlignmentNotFound(NotFound):
    """`alignment_id`."""

    slug = "alignment-not-found"
    title = N_("There is no such alignment")
    message = N_("There is no alignment %(alignment_id)s. They are kept for a day; send the texts again.")


class BroughtNotFound(NotFound):
    """`target`."""

    slug = "brought-not-found"
    title = N_("No version was brought")
    message = N_("No version in this language is being aligned: it was taken, dropped, or never brought. Bring it again.")


class CommentNotFound(NotFound):
    """`comment_id`."""

    slug = "comment-not-found"
    title = N_("There is no such comment")
    message = N_("This comment is gone; somebody deleted it.")


class EntryNotFound(NotFound):
    """`entry_id`."""

    slug = "entry-not-found"
    title = N_("There is no such entry")
    message = N_("The translation memory has no entry %(entry_id)s (any more).")


class TermNotFound(NotFound):
    """`term_id`."""

    slug = "term-not-found"
    title = N_("There is no such term")
    message = N_("The glossary has no term %(term_id)s (any more).")


class OriginalFileMissing(NotFound):
    """`article_id`."""

    slug = "original-file-missing"
    title = N_("There is no original file")
    message = N_("This article was not read from a file, so there is none to give back. Choose another format.")


class WebhookNotFound(NotFound):
    """`webhook_id`."""

    slug = "webhook-not-found"
    title = N_("There is no such webhook")
    message = N_("There is no webhook %(webhook_id)s.")


class KeyNotFound(NotFound):
    """`name`."""

    slug = "key-not-found"
    title = N_("There is no such API key")
    message = N_("There is no API key “%(name)s”. “quatrain keys list” shows those there are.")


class MethodNotAllowed(QuatrainError):
    slug, status = "method-not-allowed", 405
    title = N_("Not possible here")
    message = N_("This address does not take that kind of request.")


class AccessDenied(QuatrainError):
    slug, status = "access-denied", 401
    title = N_("An access token is needed")
    message = N_("This server asks for its access token. Enter it, or send it as “Authorization: Bearer …”.")


class KeyRefused(AccessDenied):
    slug = "key-refused"
    title = N_("This API key does not open anything")
    message = N_("The API key is unknown, has expired or was revoked. Ask whoever runs the server for a new one.")


class ScopeMissing(QuatrainError):
    """`scope`: what the key would have to allow."""

    slug, status = "scope-missing", 403
    title = N_("This API key may not do that")
    message = N_("The API key has no scope “%(scope)s”, so nothing was done. Ask whoever runs the server for a key that has it.")


class TooManyRequests(QuatrainError):
    """`limit`: the limit that was reached, in words; `retry_after`: in so many seconds there is room again."""

    slug, status = "too-many-requests", 429
    title = N_("Too much at once")
    message = N_("More was asked than %(limit)s, so nothing was done. Try again in %(retry_after)s seconds.")


class ServerBusy(QuatrainError):
    slug, status = "server-busy", 503
    title = N_("The server is busy")
    message = N_("As many requests as may wait at the same time are waiting. Nothing was done; try again in a moment.")


class NoAnswer(QuatrainError):
    """`seconds`: how long was waited."""

    slug, status = "no-answer", 504
    title = N_("The machine did not answer in time")
    message = N_("No worker answered within %(seconds)s seconds. Send less at once, or see whether “quatrain worker” runs.")


class PreconditionRequired(QuatrainError):
    slug, status = "precondition-required", 428
    title = N_("Say what you edited")
    message = N_("Send the ETag of the translation you read as “If-Match”, so that nobody’s work is overwritten unseen.")


class RevisionChanged(QuatrainError):
    """`mine`, `theirs`, `who`, `at`, `state`, `revision`: as in EditConflict; `etag`: the one of what stands there now."""

    slug, status = "revision-changed", 412
    title = N_("Somebody was quicker")
    message = N_("%(who)s changed this sentence meanwhile. Nothing was overwritten: look at “theirs”, then send its “etag”.")


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


class BroughtChanged(Conflict):
    slug = "brought-changed"
    title = N_("The page is out of date")
    message = N_("The alignment or the article changed meanwhile. Nothing was done; look at it as it is now, and try again.")


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


class TermKnown(Conflict):
    """`term`, `term_id`."""

    slug = "term-known"
    title = N_("The glossary holds this term already")
    message = N_("“%(term)s” is in the glossary already, with the same rule. Change that entry instead.")


class KeyNameTaken(Conflict):
    """`name`."""

    slug = "key-name-taken"
    title = N_("There is such a key already")
    message = N_("An API key “%(name)s” exists. Choose another name, or remove it first: “quatrain keys remove %(name)s”.")


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


class PdfUnavailable(QuatrainError):
    """`detail`: what the process that sets it said."""

    slug, status = "pdf-unavailable", 501
    title = N_("This machine cannot make a PDF")
    message = N_(
        "The PDF could not be made (%(detail)s). It needs Pango (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0; "
        "macOS: brew install pango). Nothing is lost: take the article as HTML, DOCX or ODT meanwhile."
    )


class PdfTooLong(QuatrainError):
    """`limit_seconds`."""

    slug, status = "pdf-too-long", 422
    title = N_("The article is too long for a PDF")
    message = N_(
        "Setting the PDF took longer than %(limit_seconds)s seconds and was given up. Nothing is lost: take the article as HTML, "
        "DOCX or ODT and print it from there."
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
