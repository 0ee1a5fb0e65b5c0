"""`quatrain doctor`: looks at everything an installation needs, and says how to mend what is wrong."""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

import click

from webapp.cli.group import FAILED, settings_from
from webapp.config import Settings
from webapp.errors import PortBusy, QuatrainError, SettingsInvalid

if TYPE_CHECKING:
    from webapp.storage.store import Store

OLDEST_PYTHON: Final = (3, 11)
LEAST_FREE_BYTES: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was seen, and how to mend it ("" when there is nothing to mend)."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Look for what is wrong and say how to mend it. Changes nothing; ends with 1 when something is wrong."""
    found = []
    for finding in examine():
        found.append(finding)
        if not as_json:
            click.echo(_line(finding))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=2))
    if not all(finding.ok for finding in found):
        ctx.exit(FAILED)


def examine() -> Iterator[Finding]:
    """Every finding, in an order in which each mended one may mend those after it."""
    yield _python()
    try:
        settings = settings_from()
    except SettingsInvalid as error:
        yield Finding("settings", False, str(error), "correct or unset the variables named")
        return
    yield Finding("settings", True, "all QUATRAIN_* variables can be read")
    for name, check in CHECKS.items():
        try:
            yield check(settings)
        except QuatrainError as error:
            yield Finding(name, False, error.title, str(error))
        except Exception as error:  # noqa: BLE001  (a doctor does not fall ill)
            yield Finding(name, False, f"{type(error).__name__}: {error}", "QUATRAIN_LOG_LEVEL=debug may show more")


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Finding("python", False, found, f"install Python {'.'.join(map(str, OLDEST_PYTHON))} or newer")
    return Finding("python", True, found)


def _engine(settings: Settings) -> Finding:
    names = ("ctranslate2", "sentencepiece", "argostranslate")
    import_module("webapp.engine.translator")
    return Finding("engine", True, ", ".join(f"{name} {version(name)}" for name in names))


def _data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    remedy = f"make {existing} writable, or set QUATRAIN_DATA_DIR"
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        return Finding("data folder", False, f"{folder}: {error.strerror}", remedy)
    free = shutil.disk_usage(existing).free
    if free < LEAST_FREE_BYTES:
        return Finding("data folder", False, f"{folder}: {free // 1_000_000} MB are free", "make room on that disk")
    return Finding("data folder", True, f"{folder} ({free // 1_000_000_000} GB free)")


def _database(settings: Settings) -> Finding:
    if settings.database_url is None and not (settings.data_dir / "quatrain.db").exists():
        return Finding("database", True, "not made yet; the first start makes it")
    from webapp.storage.db import explained, open_engine  # noqa: PLC0415
    from webapp.storage.migrate import HEAD, current_revision  # noqa: PLC0415
    from webapp.storage.store import Store  # noqa: PLC0415

    engine = open_engine(settings)
    try:
        with explained(settings.data_dir), engine.connect() as connection:
            revision = current_revision(connection)
        if revision == HEAD:
            return Finding("database", True, _contents(Store(engine, settings.data_dir)))
    finally:
        engine.dispose()
    if (revision or "") > HEAD:
        return Finding("database", False, f"made by a newer Quatrain (schema {revision}, not {HEAD})", "update Quatrain")
    return Finding("database", True, f"schema {revision}; the next start brings it to {HEAD}")


def _contents(store: "Store") -> str:
    from webapp.services.articles import list_articles  # noqa: PLC0415
    from webapp.services.drafting import workers_alive  # noqa: PLC0415

    with store.read() as tx:
        return f"answers; articles: {list_articles(tx, limit=1).total}, workers heard of lately: {workers_alive(tx)}"


def _queue(settings: Settings) -> Finding:
    if settings.redis_url is None and settings.database_url is None and not (settings.data_dir / "queue.db").exists():
        return Finding("queue", True, "not made yet; the first start makes it")
    from webapp.jobs.queue import open_queue  # noqa: PLC0415

    waiting = open_queue(settings).pending_count()
    return Finding("queue", True, f"answers, {waiting} messages wait")


def _packages(settings: Settings) -> Finding:
    from webapp.engine.packages import PackageStore  # noqa: PLC0415

    packages = PackageStore(settings)
    results = packages.verify()
    broken = [result for result in results if not result.ok]
    if broken:
        pairs = ", ".join(result.pair for result in broken)
        return Finding(
            "packages",
            False,
            f"{pairs}: {broken[0].error}",
            f"quatrain models remove {broken[0].pair}, then quatrain models install",
        )
    if missing := packages.missing():
        return Finding("packages", False, f"{', '.join(missing)} not installed", "quatrain models install")
    kinds = ", ".join(f"{result.pair} {result.version} ({result.kind.value})" for result in results)
    return Finding("packages", True, kinds)


def _port(settings: Settings) -> Finding:
    from webapp.cli.listening import address, check_safety, listen  # noqa: PLC0415
    from webapp.cli.serve import answers  # noqa: PLC0415

    check_safety(settings)
    where = address(settings.host, settings.port)
    try:
        listen(settings.host, settings.port).close()
    except PortBusy:
        if answers(settings):
            return Finding("port", True, f"Quatrain answers at {where}")
        raise
    return Finding("port", True, f"{where} is free")


def _line(finding: Finding) -> str:
    if finding.ok:
        return f"ok     {finding.name}: {finding.detail}"
    return f"WRONG  {finding.name}: {finding.detail}\n       → {finding.remedy}"


CHECKS: Final[dict[str, Callable[[Settings], Finding]]] = {
    "engine": _engine,
    "data folder": _data_folder,
    "database": _database,
    "queue": _queue,
    "packages": _packages,
    "port": _port,
}
