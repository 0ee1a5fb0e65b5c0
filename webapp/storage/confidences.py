"""What is learned of the confidences of drafts, by the packages that wrote them, and the drafts it is learned from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, select

from webapp.domain import Fingerprint, PackageKind
from webapp.storage.confidences_models import confidence_floors
from webapp.storage.models import drafts, packages, route_hops
from webapp.storage.routes import Route
from webapp.storage.store import Transaction
from webapp.storage.upsert import upsert

WINDOW: Final = 30_000
"""Drafts that are looked at, the newest: of large archives, too, learning takes some hundredths of a second."""


@dataclass(frozen=True, slots=True)
class LearnedFloor:
    """What `drafts` of one route say: the confidence that few of them stay under, None where they are too few."""

    drafts: int
    floor: float | None


def newest_draft(tx: Transaction) -> int:
    """The number of the newest draft, 0 when there is none."""
    return int(tx.connection.scalar(select(func.max(drafts.c.id))) or 0)


def learned_upto(tx: Transaction) -> int:
    """The newest draft when floors were last learned, 0 when they never were."""
    return int(tx.connection.scalar(select(func.max(confidence_floors.c.upto))) or 0)


def confidences(tx: Transaction, newest: int) -> Mapping[int, list[float]]:
    """Reads the confidences, 0..1, by the number of their route, among the `WINDOW` drafts up to `newest`."""
    known = (drafts.c.confidence.is_not(None), drafts.c.route_id.is_not(None))
    query = select(drafts.c.route_id, drafts.c.confidence).where(drafts.c.id > newest - WINDOW, *known)
    found: dict[int, list[float]] = {}
    for route, confidence in tx.connection.execute(query):
        found.setdefault(route, []).append(confidence)
    return found


def save(tx: Transaction, learned: Mapping[int, LearnedFloor], upto: int) -> None:
    """Keeps what was learned in the place of all that was known."""
    tx.connection.execute(delete(confidence_floors).where(confidence_floors.c.route_id.not_in(learned)))
    for route, one in sorted(learned.items()):
        upsert(tx, confidence_floors, {"route_id": route, "drafts": one.drafts, "floor": one.floor, "upto": upto})


def floors(tx: Transaction) -> tuple[Mapping[int, float], Mapping[Route, float]]:
    """Reads the floors, by the numbers of the routes and by their packages."""
    f = confidence_floors.c
    query = (
        select(f.route_id, f.floor, packages)
        .join_from(confidence_floors, route_hops, route_hops.c.route_id == f.route_id)
        .join(packages, packages.c.id == route_hops.c.package_id)
        .where(f.floor.is_not(None))
        .order_by(f.route_id, route_hops.c.position)
    )
    numbers: dict[int, float] = {}
    routes: dict[int, Route] = {}
    for row in tx.connection.execute(query):
        package = Fingerprint(row.pair, row.version, PackageKind(row.kind), row.sha256)
        numbers[row.route_id] = row.floor
        routes[row.route_id] = (*routes.get(row.route_id, ()), package)
    return numbers, {route: numbers[number] for number, route in routes.items()}
