"""The parts that `quatrain serve` starts: the web server and the worker. Each can run alone, on a machine of its own."""

import os
from typing import Any

import click

from webapp.cli import lifeline
from webapp.cli.group import settings_from
from webapp.cli.listening import address, check_safety, listen
from webapp.config import Settings

APPLICATION = "webapp.app:application()"
STOP_SECONDS = 3
"""How long requests that are under way may still take when the server stops."""


@click.command()
@click.option("--lifeline-fd", type=int, hidden=True)
def worker(lifeline_fd: int | None) -> None:
    """Run only the worker: it drafts the articles that wait in the database."""
    lifeline.follow(lifeline_fd)
    settings = settings_from()
    from webapp.jobs.worker import run_worker  # noqa: PLC0415  (loads the engine)

    run_worker(settings)


@click.command()
@click.option("--host", help="Address to listen on. [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on. [default: 8044]")
@click.option("--socket-fd", type=int, hidden=True)
@click.option("--lifeline-fd", type=int, hidden=True)
def web(host: str | None, port: int | None, socket_fd: int | None, lifeline_fd: int | None) -> None:
    """Run only the web server: pages and API, without a worker."""
    lifeline.follow(lifeline_fd)
    settings = settings_from(host=host, port=port)
    if socket_fd is None:
        check_safety(settings)
        socket_fd = listen(settings.host, settings.port).detach()
        click.echo(f"Quatrain is at {address(settings.host, settings.port)}   (Ctrl-C stops it; a worker is needed too)")
    os.set_inheritable(socket_fd, True)
    run_gunicorn(settings, socket_fd)


def run_gunicorn(settings: Settings, socket_fd: int) -> None:
    """Serves the application on an open socket until a signal ends it: one process with threads, and its keeper."""
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # noqa: PLC0415
    from gunicorn.util import import_app  # type: ignore[import-untyped]  # noqa: PLC0415

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
        """Gunicorn without its command line and configuration files."""

        def load_config(self) -> None:
            for name, value in gunicorn_settings(settings, socket_fd).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return import_app(APPLICATION)

    Server().run()


def gunicorn_settings(settings: Settings, socket_fd: int) -> dict[str, object]:
    """What differs from gunicorn's defaults."""
    is_debugging = settings.log_level == "debug"
    return {
        "bind": f"fd://{socket_fd}",
        "worker_class": "gthread",
        "workers": 1,
        # As many again: small requests wait there for their answers, see webapp.api.answers.
        "threads": 2 * settings.web_threads,
        # Loaded before the fork: what hinders it is an exception here, one line for people, not a dead child's log.
        "preload_app": True,
        "graceful_timeout": STOP_SECONDS,
        "keepalive": 15,
        "loglevel": "debug" if is_debugging else "warning",
        "accesslog": "-" if is_debugging else None,
        "proc_name": "quatrain-web",
        # Its management socket would be one more file in the home directory, and one more door.
        "control_socket_disable": True,
    }
