"""Which packages wrote what: a route is the tuple of packages a draft went through."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from webapp.domain import Fingerprint, PackageKind
from webapp.storage.models import packages, route_hops, routes, sentences, translations
from webapp.storage.store import Transaction

Route = tuple[Fingerprint, ...]


def route_ids(tx: Transaction, wanted: Iterable[Route]) -> dict[Route, int | None]:
    """Finds the numbers of routes, storing those that are new; text that passed through no package has the number None."""
    by_route: dict[Route, int | None] = {(): None}
    found = sorted(set(wanted) - {()})
    if not found:
        return by_route
    numbers = _package_ids(tx, sorted({package for route in found for package in route}))
    keys = {",".join(str(numbers[package]) for package in route): route for route in found}
    known = _known_routes(tx, keys)
    if missing := [key for key in keys if key not in known]:
        _insert_new(tx, routes, [{"key": key} for key in missing])
        known |= _known_routes(tx, missing)
        hops = [(known[key], n, numbers[package]) for key in missing for n, package in enumerate(keys[key])]
        _insert_new(tx, route_hops, [{"route_id": r, "position": n, "package_id": p} for r, n, p in hops])
    return by_route | {route: known[key] for key, route in keys.items()}


def _known_routes(tx: Transaction, keys: Iterable[str]) -> dict[str, int]:
    rows = tx.connection.execute(select(routes.c.key, routes.c.id).where(routes.c.key.in_(list(keys))))
    return {row.key: row.id for row in rows}


def _package_ids(tx: Transaction, wanted: Sequence[Fingerprint]) -> dict[Fingerprint, int]:
    known = _known_packages(tx, wanted)
    if missing := [package for package in wanted if package not in known]:
        rows = [{"pair": p.pair, "version": p.version, "kind": p.kind.value, "sha256": p.sha256} for p in missing]
        _insert_new(tx, packages, rows)
        known |= _known_packages(tx, missing)
    return known


def _known_packages(tx: Transaction, wanted: Sequence[Fingerprint]) -> dict[Fingerprint, int]:
    rows = tx.connection.execute(select(packages).where(packages.c.sha256.in_({package.sha256 for package in wanted})))
    return {Fingerprint(row.pair, row.version, PackageKind(row.kind), row.sha256): row.id for row in rows}


def _insert_new(tx: Transaction, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    # Another worker may be storing the same: whoever comes second takes the first one's row.
    if tx.is_postgres:
        tx.connection.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)
    else:
        tx.connection.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)


def packages_by_target(tx: Transaction, article: int, targets: Sequence[str]) -> dict[str, tuple[Fingerprint, ...]]:
    """Reads which packages wrote the texts a version has now, in the order of their hops."""
    mine = select(sentences.c.id).where(sentences.c.article_id == article)
    written = (
        select(translations.c.target, translations.c.route_id)
        .where(translations.c.route_id.is_not(None), translations.c.sentence_id.in_(mine))
        .distinct()
        .subquery()
    )
    query = (
        select(written.c.target, route_hops.c.position, packages)
        .join_from(written, route_hops, route_hops.c.route_id == written.c.route_id)
        .join(packages, packages.c.id == route_hops.c.package_id)
    )
    found: dict[str, list[tuple[int, Fingerprint]]] = {target: [] for target in targets}
    for row in tx.connection.execute(query):
        found[row.target].append((row.position, Fingerprint(row.pair, row.version, PackageKind(row.kind), row.sha256)))
    return {target: in_hop_order(hops) for target, hops in found.items()}


def in_hop_order(hops: Iterable[tuple[int, Fingerprint]]) -> Route:
    """Orders packages by the last place they have in any route: the pivot's before those that start from it."""
    last: dict[Fingerprint, int] = {}
    for position, package in hops:
        last[package] = max(position, last.get(package, 0))
    return tuple(sorted(last, key=lambda package: (last[package], package)))


def starter_routes(tx: Transaction) -> list[int]:
    """Lists the routes that go through a package shipped with Quatrain."""
    query = (
        select(route_hops.c.route_id)
        .join_from(route_hops, packages, packages.c.id == route_hops.c.package_id)
        .where(packages.c.kind == PackageKind.STARTER)
        .distinct()
    )
    return list(tx.connection.scalars(query))
