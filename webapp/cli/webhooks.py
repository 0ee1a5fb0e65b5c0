"""`quatrain webhooks`: who is told what happens, and what became of the deliveries."""

import click

from webapp.cli.group import settings_from
from webapp.cli.opened import opened_store


@click.group()
def webhooks() -> None:
    """Tell other programs what happens: articles drafted or failed, translations and versions approved."""


@webhooks.command()
@click.argument("url")
@click.option("--events", metavar="EVENTS", help="Separated by commas. [default: all]")
def add(url: str, events: str | None) -> None:
    """Register an address; prints the secret that signs what is sent there, this once."""
    from webapp.services.webhooks import EVENTS, add_webhook  # noqa: PLC0415  (loads the database)

    settings = settings_from()
    wanted = EVENTS if events is None else [event.strip() for event in events.split(",") if event.strip()]
    with opened_store(settings) as store, store.begin() as tx:
        made, secret = add_webhook(tx, url, wanted, allow_private=settings.private_webhooks)
    click.echo(secret)
    click.echo(f"Webhook {made.id}. Keep the secret: it is not shown again.", err=True)


@webhooks.command("list")
def list_all() -> None:
    """Show the webhooks."""
    from webapp.services.webhooks import list_webhooks  # noqa: PLC0415  (loads the database)

    with opened_store(settings_from()) as store, store.read() as tx:
        found = list_webhooks(tx)
    for one in found:
        click.echo(f"{one.id:>4}  {one.url}  {','.join(one.events)}")
    if not found:
        click.echo("There is no webhook.")


@webhooks.command()
@click.argument("number", type=click.IntRange(1))
def remove(number: int) -> None:
    """Remove a webhook, with its log."""
    from webapp.services.webhooks import remove_webhook  # noqa: PLC0415  (loads the database)

    with opened_store(settings_from()) as store, store.begin() as tx:
        remove_webhook(tx, number)
    click.echo(f"webhook {number} removed")


@webhooks.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
def log(number: int, limit: int) -> None:
    """Show the last deliveries of a webhook."""
    from webapp.services.webhooks import list_deliveries  # noqa: PLC0415  (loads the database)

    with opened_store(settings_from()) as store, store.read() as tx:
        lines, total = list_deliveries(tx, number, limit=limit, offset=0)
    for line in lines:
        answer = line.last_error or (str(line.last_status) if line.last_status else "")
        click.echo(f"{line.created_at:%Y-%m-%d %H:%M:%S}  {line.event:<22} {line.status:<9} {line.attempts} tries  {answer}")
    click.echo(f"{total} deliveries", err=True)
