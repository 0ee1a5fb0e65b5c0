"""`quatrain memory`: the translation memory, filled from TMX files, written to them, counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from webapp.cli.files import check_writable
from webapp.cli.group import settings_from
from webapp.cli.progress import ProgressLine
from webapp.errors import FileUnreadable, OutputUnwritable, TargetUnknown
from webapp.languages import LANGUAGES, TARGETS

if TYPE_CHECKING:
    from webapp.services.importing import Report
    from webapp.storage.store import Store


@click.group()
def memory() -> None:
    """Look after the translation memory."""


@memory.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE …")
def import_files(files: tuple[Path, ...]) -> None:
    """Take TMX files into the memory; what it holds already is not doubled."""
    from webapp.services.memory_files import import_memory  # noqa: PLC0415  (loads the database)

    with open_store() as store:
        for file in files:
            with ProgressLine("units") as line, opened(file) as stream:
                report = import_memory(store, stream, file.name, progress=lambda n, m, f=file, p=line: p.update(f.name, n, m))  # type: ignore[misc] # defaults bind the loop's values
            say(report)


@memory.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--target", "targets", multiple=True, metavar="CODE", help="Only this language; may be given several times.")
def export(file: Path, targets: tuple[str, ...]) -> None:
    """Write the memory to a TMX file."""
    from webapp.services.memory_files import export_memory  # noqa: PLC0415  (loads the database)

    for target in targets:
        if target not in TARGETS:
            raise TargetUnknown(target=target, known=", ".join(TARGETS))
    check_writable(file)
    temporary = file.with_name(f".{file.name}.part")
    with open_store() as store:
        try:
            with temporary.open("w", encoding="utf-8", newline="\n") as out:
                out.writelines(export_memory(store, targets or TARGETS))
            temporary.replace(file)
        except OSError as error:
            raise OutputUnwritable(name=file, detail=error.strerror or str(error)) from error
        finally:
            temporary.unlink(missing_ok=True)
    click.echo(f"written: {file}")


@memory.command()
def stats() -> None:
    """Tell how much is remembered."""
    from webapp.services.memory import count_entries  # noqa: PLC0415  (loads the database)

    with open_store() as store, store.read() as tx:
        counts = count_entries(tx)
    click.echo(f"French sentences  {counts.sources}")
    for target, number in sorted(counts.by_target.items()):
        click.echo(f"{LANGUAGES[target].english_name:<16}  {number}")


@memory.command()
def rebuild() -> None:
    """Remember every approved translation of every article anew, for articles from before there was a memory."""
    from webapp.services.remembering import remember_everything  # noqa: PLC0415  (loads the database)

    with open_store() as store, ProgressLine("articles") as line:
        count = remember_everything(store, progress=lambda done, total: line.update("", done, total))
    click.echo(f"{count} translations are remembered.")


@contextmanager
def open_store() -> "Iterator[Store]":
    """Gives the store of the installation, closed afterwards."""
    from webapp.storage.store import Store  # noqa: PLC0415  (loads the database)

    store = Store.open(settings_from())
    try:
        yield store
    finally:
        store.close()


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """Gives a file to read. Raises FileUnreadable."""
    try:
        stream = file.open("rb")
    except OSError as error:
        raise FileUnreadable(name=file, detail=(error.strerror or str(error)).lower()) from error
    with stream:
        yield stream


def say(report: "Report") -> None:
    """Says what became of a file, one line for each reason something was left for."""
    changed = f", {report.changed} changed" if report.changed else ""
    click.echo(f"{report.name}: {report.read} read, {report.added} taken{changed}, {report.known} known already")
    for reason, left in report.left.items():
        more = ", …" if left.count > len(left.first) else ""
        click.echo(f"  left, {reason}: {left.count} (number {', '.join(map(str, left.first))}{more})")
