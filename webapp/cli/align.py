"""`quatrain align`: a French text and its translation in, the pairs out; no server, no database, no network."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.cli.files import check_writable, print_output, read_input, write_output
from webapp.cli.group import settings_from
from webapp.cli.progress import ProgressLine
from webapp.config import Settings
from webapp.errors import TargetUnknown
from webapp.languages import SOURCE, TARGETS

if TYPE_CHECKING:
    from webapp.services.aligning import Paragraphs, Unit

STANDARD_OUTPUT = Path("/dev/stdout")
FORMATS = ("tsv", "json", "tmx", "html")


@click.command()
@click.argument("french", metavar="FRENCH")
@click.argument("other", metavar="OTHER")
@click.option("--to", "language", required=True, metavar="LANG", help="Language of the other text: en, ru or ko.")
@click.option(
    "--unit",
    type=click.Choice(["line", "sentence", "paragraph"]),
    default="sentence",
    show_default=True,
    help="What is paired: sentences, which are cut here; lines or paragraphs as they stand.",
)
@click.option(
    "--format",
    "-f",
    "format_name",
    type=click.Choice(FORMATS),
    help="tsv: source, target, score; json: indices into the segments; tmx: a translation memory; html: a page side by side. "
    "[default: what -o ends in, or tsv]",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="PATH", help="Write here instead of standard output.")
@click.option("--drafts", is_flag=True, help="Draft the French first and compare in one language: slower, and surer.")
@click.option("--any-language", is_flag=True, help="Take both texts as they are, whatever languages they look like.")
def align(
    *,
    french: str,
    other: str,
    language: str,
    unit: str,
    format_name: str | None,
    output: Path | None,
    drafts: bool,
    any_language: bool,
) -> None:
    """Align a French text with its translation, sentence by sentence; “-” reads one of them from standard input.

    \b
    quatrain align article.fr.txt article.ru.txt --to ru
    quatrain align article.docx article.en.docx --to en -o pairs.tmx
    quatrain align lines.fr lines.ko --to ko --unit line -f json
    """
    if french == other == "-":
        raise click.UsageError("Only one of the two texts can come from standard input.")
    if language not in TARGETS:
        raise TargetUnknown(target=language, known=", ".join(TARGETS))
    chosen = format_name or _format_of(output)
    if output is not None and output != STANDARD_OUTPUT:
        check_writable(output)
    settings = settings_from()
    from webapp.services.aligned_formats import FORMATS as WRITERS  # noqa: PLC0415  (loads the language detector)
    from webapp.services.aligning import Unit, align_texts  # noqa: PLC0415  (loads the language detector)

    source = _read(french, SOURCE, Unit(unit), settings, any_language)
    target = _read(other, language, Unit(unit), settings, any_language)
    drafted = _draft(source, language, settings) if drafts else None
    content = WRITERS[chosen](align_texts(source, target, language, drafted)).encode()
    if output is None or output == STANDARD_OUTPUT:
        print_output(content)
    else:
        write_output(output, content)


def _format_of(output: Path | None) -> str:
    ending = output.suffix.lower().lstrip(".") if output else ""
    return ending if ending in FORMATS else "tsv"


def _read(name: str, language: str, unit: "Unit", settings: Settings, any_language: bool) -> "Paragraphs":
    from webapp.services.aligning import read_text  # noqa: PLC0415  (loads the language detector)

    most = max(settings.max_article_bytes, settings.max_file_bytes)
    return read_text(
        read_input(name, max_bytes=most),
        language,
        unit,
        max_bytes=most,
        max_file_bytes=settings.max_file_bytes,
        file_name=None if name == "-" else Path(name).name,
        any_language=any_language,
    )


def _draft(source: "Paragraphs", language: str, settings: Settings) -> list[str]:
    """Drafts every segment with the installed packages, as a bridge."""
    from webapp.engine.packages import PackageStore  # noqa: PLC0415  (loads the engine)
    from webapp.engine.translator import ArgosEngine  # noqa: PLC0415  (loads the engine)
    from webapp.services.aligning import draft_segments  # noqa: PLC0415  (loads the engine)

    engine = ArgosEngine(PackageStore(settings), settings)
    segments = [segment for paragraph in source for segment in paragraph]
    try:
        with ProgressLine("sentences") as line:
            line.say("Loading the models …")
            return draft_segments(engine, segments, language, progress=lambda n: line.update("Drafting", n, len(segments)))
    finally:
        engine.close()
