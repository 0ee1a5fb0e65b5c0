"""`quatrain pull`: an article from a server, in any format it exports."""

from pathlib import Path

import click

from webapp.cli.files import check_writable, print_output, write_output
from webapp.cli.remote import open_server
from webapp.cli.translate import SAME


@click.command()
@click.argument("article_id")
@click.option(
    "--format", "-f", "format_name", metavar="FORMAT", default="json", show_default=True, help="As `quatrain translate -f`."
)
@click.option("--to", "wanted", metavar="LANGS", help="Target languages, separated by commas. [default: all]")
@click.option("--all", "everything", is_flag=True, help="For tmx and xliff: unreviewed texts too, marked as such.")
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="PATH", help="Write here instead of standard output.")
def pull(*, article_id: str, format_name: str, wanted: str | None, everything: bool, output: Path | None) -> None:
    """Get an article from a Quatrain server (QUATRAIN_URL, QUATRAIN_API_KEY), as far as it is.

    \b
    quatrain pull k3v5m9x2w7q4 --format docx -o article.docx
    quatrain pull k3v5m9x2w7q4 --format tmx --to ru
    quatrain pull k3v5m9x2w7q4 --format same --to ru -o article.ru.docx

    Exit codes: 0 done, 2 bad usage or no such article, 1 anything else.
    """
    if output is not None:
        check_writable(output)
    query = {"target": wanted, "include": "all" if everything else None}
    kept = {name: value for name, value in query.items() if value is not None}
    path = "file" if format_name == SAME else f"export/{format_name}"
    answer = open_server().request("GET", f"/articles/{article_id}/{path}", params=kept)
    if output is not None:
        write_output(output, answer.content)
    else:
        print_output(answer.content)
