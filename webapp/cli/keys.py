"""`quatrain keys`: the API keys, made, listed, revoked."""

from datetime import UTC, datetime, timedelta

import click

from webapp.cli.group import settings_from
from webapp.cli.opened import opened_store

_UNITS = {"d": "days", "w": "weeks", "h": "hours"}


@click.group()
def keys() -> None:
    """Make and look after API keys.

    As soon as there is one, the API asks for a key, or QUATRAIN_ACCESS_TOKEN, which may do everything. The pages take no keys.
    """


@keys.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    default="translate,read",
    show_default=True,
    metavar="SCOPES",
    help="What it may do, separated by commas: translate; read; review (and read); admin (everything).",
)
@click.option("--expires", metavar="WHEN", help="30d, 12h, 4w, or a date like 2027-01-31. [default: never]")
def add(name: str, scopes: str, expires: str | None) -> None:
    """Make a key and show its secret, this once."""
    from webapp.services.keys import create_key  # noqa: PLC0415  (loads the database)

    wanted = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    until = None if expires is None else _moment(expires)
    with opened_store(settings_from()) as store, store.begin() as tx:
        secret = create_key(tx, name, wanted, expires_at=until)
    click.echo(secret)
    click.echo("Keep it: it is not shown again. Clients send it as “Authorization: Bearer …” or as api_key.", err=True)


@keys.command("list")
def list_all() -> None:
    """Show the keys: how each begins, what it may do, when it was used."""
    from webapp.services.keys import list_keys  # noqa: PLC0415  (loads the database)

    with opened_store(settings_from()) as store, store.read() as tx:
        found = list_keys(tx)
    now = datetime.now(UTC)
    for key in found:
        state = "revoked" if key.revoked_at else "expired" if key.expires_at and key.expires_at <= now else _until(key.expires_at)
        used = f"used {key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never used"
        click.echo(f"{key.name:<20} {key.prefix}…  {','.join(key.scopes):<28} {state:<18} {used}")
    if not found:
        click.echo("There is no key: the API asks for none unless QUATRAIN_ACCESS_TOKEN is set.")


@keys.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Make a key worthless; it stays in the list."""
    from webapp.services.keys import revoke_key  # noqa: PLC0415  (loads the database)

    with opened_store(settings_from()) as store, store.begin() as tx:
        revoke_key(tx, name)
    click.echo(f"{name} revoked")


@keys.command()
@click.argument("name")
def remove(name: str) -> None:
    """Forget a key altogether. Without the last one the API asks for none any more, unless a token is set."""
    from webapp.services.keys import remove_key  # noqa: PLC0415  (loads the database)

    with opened_store(settings_from()) as store, store.begin() as tx:
        remove_key(tx, name)
    click.echo(f"{name} removed")


def _moment(words: str) -> datetime:
    number, unit = words[:-1], words[-1:]
    if unit in _UNITS and number.isdecimal() and len(number) < 6:
        return datetime.now(UTC) + timedelta(**{_UNITS[unit]: int(number)})
    try:
        found = datetime.fromisoformat(words)
    except ValueError as error:
        raise click.BadParameter(f"“{words}” is no time: 30d, 12h, 4w, or 2027-01-31.", param_hint="--expires") from error
    return found if found.tzinfo is not None else found.astimezone().astimezone(UTC)


def _until(expires_at: datetime | None) -> str:
    return "does not expire" if expires_at is None else f"until {expires_at:%Y-%m-%d}"
