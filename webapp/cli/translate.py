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
from webapp.exports.registry import Format, Include, formats
from webapp.languages import TARGETS

STANDARD_OUTPUT = Path("/dev/stdout")
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
    help="json: everything, aligned; text: the bare translation; html: a page side by side; csv, markdown: tables; tmx, xliff, "
    "xliff2: for translation tools, drafts marked as such, one language a file. [default: what -o ends in, or json]",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="PATH", help="Write here instead of standard output.")
@click.option("--title", help="Title of the article. [default: its first heading]")
@click.option("--any-language", is_flag=True, help="Take the text as if it were French, whatever it looks like.")
def translate(
    *, file: str, wanted: str | None, format_name: str | None, output: Path | None, title: str | None, any_language: bool
) -> None:
    """Translate a French text file, or standard input for “-”.

    \b
    quatrain translate article.txt -o article.html
    quatrain translate article.txt --to en -f text
    cat article.txt | quatrain translate - --to ru,ko > article.json
    """
    settings = settings_from()
    chosen = formats()[_format_name(format_name, output)]
    targets = _targets(wanted, settings.targets)
    _check_targets(chosen, targets, named=wanted is not None)
    if output is not None and output != STANDARD_OUTPUT:
        check_writable(output)
    source = _read(file, settings, title, any_language)
    document = _translate(source, targets, settings)
    text = chosen.write(document, targets, Include.ALL)  # there are only drafts; the formats mark them
    if output is None or output == STANDARD_OUTPUT:
        print_output(text)
    else:
        write_output(output, text)
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


def _check_targets(chosen: Format, targets: tuple[str, ...], *, named: bool) -> None:
    try:
        chosen.check_targets(targets, named=named)
    except RequestInvalid as error:
        raise click.BadParameter(str(error), param_hint="--to") from error


def _read(file: str, settings: Settings, title: str | None, any_language: bool) -> SourceText:
    from webapp.text.read import read_article  # noqa: PLC0415  (loads the language detector)

    data = read_input(file, max_bytes=settings.max_article_bytes)
    try:
        return read_article(
            data,
            title=title,
            max_bytes=settings.max_article_bytes,
            file_name=None if file == "-" else Path(file).name,
            accept_any_language=any_language,
        )
    except LanguageUnclear as error:
        raise NotFrench(error.data["language"]) from error


def _translate(source: SourceText, targets: tuple[str, ...], settings: Settings) -> Document:
    from webapp.engine.packages import PackageStore  # noqa: PLC0415  (loads the engine)
    from webapp.engine.translator import ArgosEngine  # noqa: PLC0415
    from webapp.services.translate import translate_document  # noqa: PLC0415

    engine = ArgosEngine(PackageStore(settings), settings)
    try:
        with ProgressLine("translations") as line:
            line.say("Loading the models …")
            return translate_document(
                engine, source, targets, progress=lambda done, total: line.update("Translating", done, total)
            )
    finally:
        engine.close()


def _note_starters(document: Document) -> None:
    if sys.stderr.isatty() and any(package.kind is PackageKind.STARTER for package in document.packages):
        click.echo(STARTER_NOTE, err=True)
