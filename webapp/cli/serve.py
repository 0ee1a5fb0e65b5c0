"""`quatrain serve`: web server and worker on one machine, under one supervisor."""

import http.client
import os
import sys
import tempfile
import threading
import time

import click

from webapp.cli.group import settings_from
from webapp.cli.listening import address, check_safety, listen
from webapp.cli.models import ensure_models
from webapp.cli.supervisor import Part, Supervisor
from webapp.config import Settings
from webapp.engine.disk import disk_errors
from webapp.errors import QuatrainError


@click.command()
@click.option("--host", help="Address to listen on; a public one needs QUATRAIN_ACCESS_TOKEN. [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on. [default: 8044]")
@click.option("--ensure-models", "with_models", is_flag=True, help="Install missing models first, or else the starters.")
def serve(host: str | None, port: int | None, with_models: bool) -> None:
    """Run Quatrain here: pages, API and worker. Ctrl-C stops all of it."""
    settings = settings_from(host=host, port=port)
    check_safety(settings)
    with listen(settings.host, settings.port) as listening:
        prepare(settings)
        is_first_start = not settings.packages_dir.exists()
        if with_models and is_first_start:
            ensure_models(settings)
        reading, writing = os.pipe()  # the lifeline: see webapp.cli.lifeline
        open_socket = listening.fileno()
        web = _command("web", host=settings.host, port=settings.port, socket_fd=open_socket, lifeline_fd=reading)
        worker = _command("worker", lifeline_fd=reading)
        parts = Part("web server", web, (open_socket, reading)), Part("worker", worker, (reading,))
        checks_later = with_models and not is_first_start
        threading.Thread(target=follow_up, args=(settings, checks_later), daemon=True).start()
        try:
            Supervisor(parts).run()
        finally:
            os.close(writing)


def prepare(settings: Settings) -> None:
    """Proves, before anything starts, that the data folder can be written and the database used.

    A database file that is there already is left to the parts, which open it anyway: that saves a second of every start.
    Raises DataFolderUnwritable, DiskFull or DatabaseUnavailable.
    """
    with disk_errors(settings.data_dir):
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=settings.data_dir).close()
    if settings.database_url is None and (settings.data_dir / "quatrain.db").exists():
        return
    from webapp.storage.store import Store  # noqa: PLC0415  (loads the database)

    Store.open(settings).close()


def follow_up(settings: Settings, with_models: bool) -> None:
    """What can wait until the parts run, so that the second start is quick."""
    announce(settings)
    if with_models:
        try:
            ensure_models(settings)
        except QuatrainError as error:
            click.echo(f"quatrain: {error}", err=True)


def announce(settings: Settings) -> None:
    """Says where Quatrain is as soon as it answers there."""
    while not answers(settings):
        time.sleep(0.05)
    click.echo(f"Quatrain is at {address(settings.host, settings.port)}   (Ctrl-C stops it)")
    sys.stdout.flush()


def answers(settings: Settings) -> bool:
    """Whether the web server answers /healthz."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104  (compared, not bound)
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": settings.allowed_hosts[0]})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _command(name: str, **options: object) -> list[str]:
    """The command line of a part: this very Python, and never a `webapp` that happens to lie in the current folder."""
    words = [f"--{option.replace('_', '-')}={value}" for option, value in options.items()]
    return [sys.executable, "-P", "-m", "webapp.cli", name, *words]
