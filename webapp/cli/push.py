"""`quatrain push`: a file to a server, which drafts it."""

import hashlib
import sys
from pathlib import Path

import click

from webapp.cli.files import read_input
from webapp.cli.remote import open_server
from webapp.cli.watch import follow

_LARGEST_BYTES = 1 << 30


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--to", "wanted", metavar="LANGS", help="Target languages, separated by commas. [default: those of the server]")
@click.option("--title", help="Title of the article. [default: its first heading]")
@click.option("--any-language", is_flag=True, help="Take the text as if it were French, whatever it looks like.")
@click.option("--watch", "is_watched", is_flag=True, help="Wait until it is drafted.")
def push(*, file: str, wanted: str | None, title: str | None, any_language: bool, is_watched: bool) -> None:
    """Send an article to a Quatrain server (QUATRAIN_URL, QUATRAIN_API_KEY); prints its id.

    \b
    quatrain push article.txt --to en,ru,ko
    id=$(quatrain push article.txt --watch) && quatrain pull "$id" --format html -o article.html

    The same file sent again within a day is the same article. Exit codes: 0 done, 2 bad usage or input, 3 a translation model
    is missing, 1 anything else.
    """
    server = open_server()
    data = read_input(file, max_bytes=_LARGEST_BYTES)
    fields = {"targets": wanted, "title": title, "any_language": "true" if any_language else None}
    kept = {name: value for name, value in fields.items() if value is not None}
    name = "article.txt" if file == "-" else Path(file).name
    key = hashlib.sha256(repr((name, sorted(kept.items()))).encode() + data).hexdigest()
    answer = server.request("POST", "/articles/file", data=kept, files={"file": (name, data)}, headers={"Idempotency-Key": key})
    article_id = str(answer.json()["id"])
    click.echo(article_id)
    sys.stdout.flush()
    if is_watched:
        follow(server, article_id)
