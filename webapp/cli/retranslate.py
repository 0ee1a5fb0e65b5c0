"""`quatrain retranslate`: once better packages are installed, have the worker draft again what the starters drafted."""

import click

from webapp.cli.group import settings_from


@click.command()
@click.argument("article_id", required=False)
@click.option("--all", "everything", is_flag=True, help="Every article.")
def retranslate(article_id: str | None, everything: bool) -> None:
    """Draft again what the starter packages drafted and nobody has touched since.

    The worker does it; what a person wrote or approved stays as it is.
    """
    if (article_id is None) != everything:
        raise click.UsageError("Name one article, or give --all.")
    from webapp.jobs.queue import open_queue, waker  # noqa: PLC0415  (loads the database)
    from webapp.services.drafting import redraft_starter_drafts  # noqa: PLC0415
    from webapp.storage.store import Store  # noqa: PLC0415

    settings = settings_from()
    store = Store.open(settings)
    try:
        with store.begin() as tx:
            count = redraft_starter_drafts(tx, article_id)
        waker(open_queue(settings))()
    finally:
        store.close()
    click.echo(f"{count} translations will be drafted again." if count else "Nothing here was drafted by the starter packages.")
