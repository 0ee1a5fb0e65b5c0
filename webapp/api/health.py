"""`/healthz`: the process is alive. `/readyz`: work can be taken: database, packages and worker are there."""

from collections.abc import Callable

from apiflask import APIBlueprint
from flask import Response

from webapp.api import examples
from webapp.api.blueprint import context
from webapp.api.schemas import AliveModel, CheckModel, ReadyModel
from webapp.errors import QuatrainError
from webapp.services.drafting import workers_alive

health_pages = APIBlueprint("health", __name__)


@health_pages.get("/healthz")
@health_pages.output(AliveModel, description="The process answers.", example={"status": "ok"})
@health_pages.doc(
    summary="Is the web process alive?", description="Touches nothing else.", tags=["Health"], operation_id="healthz"
)
def healthz() -> AliveModel:
    return AliveModel(status="ok")


@health_pages.get("/readyz")
@health_pages.output(ReadyModel, description="Work can be taken.", example=examples.READY)
@health_pages.doc(
    summary="Can work be taken?",
    description="Looks at the database, the packages of the configured targets and the worker.",
    tags=["Health"],
    operation_id="readyz",
    responses=examples.response(503, "Something is missing.", "ReadyModel", examples.NOT_READY),
)
def readyz() -> Response:
    looked_at = {"database": _database, "packages": _packages, "worker": _worker}
    checks = {name: _safely(check) for name, check in looked_at.items()}
    ready = all(check.ok for check in checks.values())
    body = ReadyModel(ready=ready, checks=checks).model_dump_json() + "\n"
    return Response(body, 200 if ready else 503, {"Cache-Control": "no-store"}, mimetype="application/json")


def _safely(check: Callable[[], CheckModel]) -> CheckModel:
    try:
        return check()
    except QuatrainError as error:
        return CheckModel(ok=False, detail=str(error))


def _database() -> CheckModel:
    with context().store.read() as tx:
        workers_alive(tx)
    return CheckModel(ok=True, detail="answers")


def _packages() -> CheckModel:
    packages = context().packages
    if missing := packages.missing():
        return CheckModel(ok=False, detail=f"{', '.join(missing)} missing: quatrain models install")
    return CheckModel(ok=True, detail=", ".join(package.pair for package in packages.installed()))


def _worker() -> CheckModel:
    with context().store.read() as tx:
        count = workers_alive(tx)
    if count == 0:
        return CheckModel(ok=False, detail="no worker has been heard of lately: quatrain worker")
    return CheckModel(ok=True, detail=f"heard of lately: {count}")
