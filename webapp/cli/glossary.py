"""`quatrain glossary`: terms, taken from CSV and TBX files and written to CSV."""

from pathlib import Path

import click

from webapp.cli.files import check_writable, print_output, write_output
from webapp.cli.group import settings_from
from webapp.cli.memory import open_store, opened, say


@click.group()
def glossary() -> None:
    """Look after the glossary."""


@glossary.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE …")
@click.option("--article", metavar="ID", help="Into the glossary of one article.")
@click.option("--replace", is_flag=True, help="Where the glossary says otherwise, the file is right.")
def import_files(files: tuple[Path, ...], article: str | None, replace: bool) -> None:
    """Take CSV or TBX files into the glossary.

    The first line of a CSV file names its columns: fr, policy, case, note, en, ru, ko. Only fr is needed; several forms in a
    cell are apart by |.
    """
    from webapp.jobs.queue import open_queue, waker  # noqa: PLC0415  (loads the database)
    from webapp.services.glossary_files import import_glossary  # noqa: PLC0415  (loads the database)

    with open_store() as store:
        for file in files:
            with opened(file) as stream, store.begin() as tx:
                report = import_glossary(tx, stream, file.name, article_id=article, replace_known=replace)
            say(report)
        waker(open_queue(settings_from()))()


@glossary.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), default="-")
@click.option("--article", metavar="ID", help="The terms of one article.")
def export(file: Path, article: str | None) -> None:
    """Write the terms to a CSV file, or to standard output."""
    from webapp.services.glossary_files import export_glossary  # noqa: PLC0415  (loads the database)

    if str(file) != "-":
        check_writable(file)
    with open_store() as store, store.read() as tx:
        table = export_glossary(tx, article_id=article)
    if str(file) == "-":
        print_output(table.lstrip("\ufeff").encode())
    else:
        write_output(file, table.encode())
