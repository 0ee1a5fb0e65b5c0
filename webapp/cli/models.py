"""`quatrain models`: the Argos packages, listed, installed, imported, verified and removed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.cli.group import FAILED, settings_from
from webapp.cli.progress import ProgressLine, megabytes
from webapp.config import Settings

STARTER_LINE = "Quatrain goes on with its small starter packages; “quatrain models install” fetches the official ones later"

if TYPE_CHECKING:
    from webapp.engine.packages import InstalledPackage, PackageStore, Verification


@click.group()
def models() -> None:
    """Install and look after the translation models (Argos packages)."""


@models.command("list")
def list_models() -> None:
    """Show what is installed."""
    installed = _packages().installed()
    for package in installed:
        click.echo(f"{package.pair}  {package.version:<8} {package.kind.value:<9} {megabytes(package.size_bytes)}")
    if not installed:
        click.echo("No package is installed: quatrain models install")


@models.command()
@click.argument("pairs", nargs=-1, metavar="[PAIR …]")
def install(pairs: tuple[str, ...]) -> None:
    """Fetch packages from the Argos index: those named (fr-en), or all that the target languages need."""
    with ProgressLine("bytes") as line:
        installed = _packages().install(pairs or None, progress=line.update)
    _report("installed", installed)


@models.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE …")
def import_files(files: tuple[Path, ...]) -> None:
    """Install .argosmodel files, from a USB stick for example: no network needed."""
    packages = _packages()
    for file in files:
        _report("imported", [packages.import_file(file)])


@models.command()
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Load every installed package and translate a sentence with it."""
    results = _packages().verify()
    for result in results:
        click.echo(f"{result.pair}  {'ok' if result.ok else 'BROKEN'}  {_proof(result)}")
    if not results:
        click.echo("No package is installed: quatrain models install", err=True)
    if not results or not all(result.ok for result in results):
        ctx.exit(FAILED)


@models.command()
@click.argument("pair")
def remove(pair: str) -> None:
    """Remove an installed package."""
    _packages().remove(pair)
    click.echo(f"{pair} removed")


@models.command()
def ensure() -> None:
    """Make sure that there are models: nothing to do, or the index, or else the starters (what `make run` does)."""
    ensure_models(settings_from())


def ensure_models(settings: Settings) -> None:
    """The same for `quatrain serve --ensure-models`. Raises what leaves a target without a model."""
    with ProgressLine("bytes") as line:
        outcome = _open(settings).ensure(progress=line.update)
    _report("installed", outcome.added)
    if outcome.fallback is not None:
        cause = outcome.fallback.data.get("detail")
        click.echo(f"{STARTER_LINE} ({outcome.fallback.title}{f': {cause}' if cause else ''}).", err=True)


def _packages() -> "PackageStore":
    return _open(settings_from())


def _open(settings: Settings) -> "PackageStore":
    from webapp.engine.packages import PackageStore  # noqa: PLC0415  (takes half a second)

    return PackageStore(settings)


def _proof(result: "Verification") -> str:
    return f"{result.sentence} → {result.translation}" if result.error is None else str(result.error)


def _report(verb: str, packages: Sequence["InstalledPackage"]) -> None:
    for package in packages:
        click.echo(f"{package.pair} {package.version} {verb} ({package.kind.value}, {megabytes(package.size_bytes)})")
