"""`quatrain translate`: an article in, its versions out; no server, no database, no network."""

import sys
from pathlib import Path

import click

from webapp.cli.files import check_writable, print_output, read_input, write_output
from webapp.cli.group import BAD_INPUT, settings_from
from webapp.cli.progress import ProgressLine
from webapp.config import Settings
from webapp.domain import Document, PackageKind, SourceText
from webapp.errors import LanguageUnclear, RequestInvalid, TargetUnknown
from webapp.exports.paper import Layout
from webapp.exports.registry import Format, Include, formats
from webapp.languages import TARGETS
from webapp.text.readers.formats import DOCX, EPUB, ODT, TEXT, format_by_name

STANDARD_OUTPUT = Path("/dev/stdout")
SAME = "same"
"""The document itself in another language: what -o means when it ends as FILE does."""
_BINARY = frozenset({DOCX, ODT, EPUB})
STARTER_NOTE = "Drafted by the small starter packages; “quatrain models install” fetches the official ones."


class NotFrench(click.ClickException):
    """The question that a page asks, as a command line can ask it."""

    exit_code = BAD_INPUT

    def __init__(self, language: object) -> None:
        super().__init__(f"The text does not look French (detected: {language}). --any-language translates it as if it were.")


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--to", "wanted", metavar="LANGS", help="Target languages, separated by commas. [default: all: en,ru,ko]")
@click.option(
    "--format",
    "-f",
    "format_name",
    metavar="FORMAT",
    help="json: everything, aligned; text: the bare translation; html, docx, odt, pdf: side by side; csv, xlsx, markdown: "
    "tables; tmx, xliff, xliff2: for translation tools, drafts marked, one language a file; omegat: a project; same: "
    "the document itself in one language. [default: what -o ends in, same if FILE ends so too, or json]",
)
@click.option(
    "--layout",
    type=click.Choice([layout.value for layout in Layout]),
    help="html, docx, odt, pdf, markdown: a row a paragraph or a sentence, or one version alone. [default: the format’s own]",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="PATH", help="Write here instead of standard output.")
@click.option("--title", help="Title of the article. [default: its first heading]")
@click.option("--any-language", is_flag=True, help="Take the text as if it were French, whatever it looks like.")
def translate(
    *,
    file: str,
    wanted: str | None,
    format_name: str | None,
    layout: str | None,
    output: Path | None,
    title: str | None,
    any_language: bool,
) -> None:
    """Translate a French text file, or standard input for “-”.

    \b
    quatrain translate article.txt -o article.html
    quatrain translate article.txt --to en -f text
    quatrain translate article.docx --to ru -o article.ru.docx
    cat article.txt | quatrain translate - --to ru,ko > article.json
    """
    settings = settings_from()
    if _is_same(format_name, layout, file, output):
        _translate_same(file, wanted, output, settings, title, any_language=any_language)
        return
    chosen = formats()[_format_name(format_name, output)]
    targets = _targets(wanted, settings.targets)
    laid_out = Layout(layout) if layout else None
    _check_targets(chosen, targets, named=wanted is not None, layout=laid_out)
    if chosen.is_binary and output is None and sys.stdout.isatty():
        raise click.BadParameter(f"{chosen.name} is nothing to read on a terminal; say where to write it", param_hint="--output")
    if output is not None and output != STANDARD_OUTPUT:
        check_writable(output)
    source = _read(file, settings, title, any_language)
    document = _translate(source, targets, settings, links=chosen.linked)
    content = chosen.write(document, targets, Include.ALL, laid_out)  # there are only drafts; the formats mark them
    if output is None or output == STANDARD_OUTPUT:
        print_output(content)
    else:
        write_output(output, content)
    _note_starters(document)


def _is_same(named: str | None, layout: str | None, file: str, output: Path | None) -> bool:
    kind = format_by_name(file)
    same_ending = output is not None and kind is not None and kind != TEXT and format_by_name(output.name) == kind
    return named == SAME or (named is None and layout is None and same_ending)


def _translate_same(
    file: str, wanted: str | None, output: Path | None, settings: Settings, title: str | None, *, any_language: bool
) -> None:
    """Writes the document in one target with everything else as it was."""
    from webapp.services.files import file_of_document  # noqa: PLC0415  (the engine is not needed to say what is wrong)

    targets = _targets(wanted, settings.targets)
    if len(targets) != 1:
        raise click.BadParameter(f"name one of {', '.join(targets)}: a document is in one language", param_hint="--to")
    if file == "-" or format_by_name(file) is None:
        raise click.BadParameter(f"its kind cannot be told from the name “{file}”", param_hint="FILE")
    to_terminal = output is None and sys.stdout.isatty() and format_by_name(file) in _BINARY
    if to_terminal:
        raise click.BadParameter("a document is nothing to read on a terminal; say where to write it", param_hint="--output")
    if output is not None and output != STANDARD_OUTPUT:
        check_writable(output)
    source = _read(file, settings, title, any_language)
    document = _translate(source, targets, settings, links=True)
    content = file_of_document(source, document, targets[0]).data
    if output is None or output == STANDARD_OUTPUT:
        print_output(content)
    else:
        write_output(output, content)
    _note_starters(document)


def _format_name(named: str | None, output: Path | None) -> str:
    known = formats()
    if named is None:
        ending = output.suffix.lower() if output else ""
        return next((one.name for one in known.values() if one.extension == ending), "json")
    if named not in known:
        raise click.BadParameter(f"“{named}” is not one of {', '.join(known)}.", param_hint="--format")
    return named


def _targets(wanted: str | None, defaults: tuple[str, ...]) -> tuple[str, ...]:
    if wanted is None:
        return defaults
    codes = [code.strip() for code in wanted.split(",") if code.strip()]
    if not codes:
        raise click.BadParameter("name at least one language", param_hint="--to")
    for code in codes:
        if code not in TARGETS:
            raise TargetUnknown(target=code, known=", ".join(TARGETS))
    return tuple(target for target in TARGETS if target in codes)


def _check_targets(chosen: Format, targets: tuple[str, ...], *, named: bool, layout: Layout | None) -> None:
    if layout is not None and chosen.print_ is None:
        raise click.BadParameter(f"a file of the format {chosen.name} has one layout only", param_hint="--layout")
    try:
        chosen.check_targets(targets, named=named, layout=layout)
    except RequestInvalid as error:
        raise click.BadParameter(str(error), param_hint="--to") from error


def _read(file: str, settings: Settings, title: str | None, any_language: bool) -> SourceText:
    from webapp.text.read import read_article  # noqa: PLC0415  (loads the language detector)

    is_text = format_by_name(file) in {None, TEXT}
    data = read_input(file, max_bytes=settings.max_article_bytes if is_text else settings.max_file_bytes)
    try:
        return read_article(
            data,
            title=title,
            max_bytes=settings.max_article_bytes,
            max_file_bytes=settings.max_file_bytes,
            file_name=None if file == "-" else Path(file).name,
            accept_any_language=any_language,
        )
    except LanguageUnclear as error:
        raise NotFrench(error.data["language"]) from error


def _translate(source: SourceText, targets: tuple[str, ...], settings: Settings, *, links: bool) -> Document:
    from webapp.engine.packages import PackageStore  # noqa: PLC0415  (loads the engine)
    from webapp.engine.translator import ArgosEngine  # noqa: PLC0415
    from webapp.services.translate import translate_document  # noqa: PLC0415

    engine = ArgosEngine(PackageStore(settings), settings)
    try:
        with ProgressLine("translations") as line:
            line.say("Loading the models …")
            return translate_document(
                engine, source, targets, links=links, progress=lambda done, total: line.update("Translating", done, total)
            )
    finally:
        engine.close()


def _note_starters(document: Document) -> None:
    if sys.stderr.isatty() and any(package.kind is PackageKind.STARTER for package in document.packages):
        click.echo(STARTER_NOTE, err=True)
