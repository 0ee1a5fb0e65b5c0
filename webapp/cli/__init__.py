"""The `quatrain` command, one file a command.

Never here: rules of the product, SQL. Commands import what they need when they run, so that `quatrain --help` is quick and
the web process never loads the engine.
"""

from webapp.cli.group import quatrain


def main() -> None:
    """What the `quatrain` script calls; always ends in SystemExit with one of the exit codes in `webapp.cli.group`."""
    quatrain.main(prog_name="quatrain")
