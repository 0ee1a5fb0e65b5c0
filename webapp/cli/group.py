"""The command `quatrain` with its exit codes; the commands are found in COMMANDS and imported when they are wanted."""

import logging
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final, NoReturn

import click

from webapp.config import Settings
from webapp.errors import QuatrainError

DONE: Final = 0
FAILED: Final = 1
BAD_INPUT: Final = 2
NO_ROUTE: Final = 3
INTERRUPTED: Final = 130

COMMANDS: Final[Mapping[str, str]] = {
    "translate": "webapp.cli.translate:translate",
    "align": "webapp.cli.align:align",
    "serve": "webapp.cli.serve:serve",
    "worker": "webapp.cli.processes:worker",
    "web": "webapp.cli.processes:web",
    "models": "webapp.cli.models:models",
    "retranslate": "webapp.cli.retranslate:retranslate",
    "push": "webapp.cli.push:push",
    "watch": "webapp.cli.watch:watch",
    "pull": "webapp.cli.pull:pull",
    "memory": "webapp.cli.memory:memory",
    "glossary": "webapp.cli.glossary:glossary",
    "keys": "webapp.cli.keys:keys",
    "webhooks": "webapp.cli.webhooks:webhooks",
    "doctor": "webapp.cli.doctor:doctor",
}

log = logging.getLogger(__name__)


class QuatrainGroup(click.Group):
    """A group that imports its commands late and turns every error into one line and one exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports the command; None when there is no such."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Runs the command and exits with its code."""
        write_utf8()
        sys.exit(self._run(args, prog_name, complete_var, extra))

    def _run(self, args: Sequence[str] | None, prog_name: str | None, complete_var: str | None, extra: Mapping[str, Any]) -> int:
        try:
            result = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            if sys.stdout is not None:
                sys.stdout.flush()
        except (KeyboardInterrupt, click.Abort):
            return INTERRUPTED
        except BrokenPipeError:
            return _reader_left()
        except Exception as error:  # noqa: BLE001  (a person gets a line, never a traceback)
            return _complain(error)
        return result if isinstance(result, int) else DONE


def write_utf8() -> None:
    """Makes what is printed UTF-8 whatever the locale says: Korean in a C locale is still Korean."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors=errors)


def settings_from(**changes: object) -> Settings:
    """The settings of the environment with those changed that an option names (None: not named)."""
    named = {f"QUATRAIN_{name.upper()}": str(value) for name, value in changes.items() if value is not None}
    settings = Settings.from_environment({**os.environ, **named})
    set_up_log(settings.log_level)
    return settings


def set_up_log(level: str) -> None:
    """Logs to standard error: our own words at `level`, those of the libraries only from warnings on, except for "debug"."""
    others = logging.DEBUG if level == "debug" else logging.WARNING
    logging.basicConfig(level=others, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("webapp").setLevel(level.upper())


def _complain(error: Exception) -> int:
    """Says on standard error, in one line, what went wrong; gives the exit code."""
    log.debug("the command failed", exc_info=error)
    line, code = _words(error)
    click.echo(f"quatrain: {line}", err=True)
    return code


def _words(error: Exception) -> tuple[str, int]:
    match error:
        case click.UsageError():
            return f"{_sentence(error)} Try “{_path(error)} --help”.", BAD_INPUT
        case click.ClickException():
            return _sentence(error), error.exit_code
        case QuatrainError():
            return str(error), error.exit_code
        case OSError(strerror=str()):
            return f"{error.strerror}.", FAILED
    return f"{type(error).__name__}: {error} (QUATRAIN_LOG_LEVEL=debug shows more)", FAILED


def _sentence(error: click.ClickException) -> str:
    words = error.format_message()
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _path(error: click.UsageError) -> str:
    return error.ctx.command_path if error.ctx else "quatrain"


def _reader_left() -> int:
    """The program that read our output ended first (`quatrain … | head`): nothing more to say, and nowhere to say it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


@click.group(cls=QuatrainGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("quatrain"), prog_name="quatrain")
def quatrain() -> None:
    """French articles in English, Russian and Korean, offline, aligned sentence by sentence.

    Exit codes: 0 done, 2 bad usage or input, 3 a translation model is missing, 1 anything else.
    """
