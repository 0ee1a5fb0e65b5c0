"""The Argos packages: what is installed, what is missing, and asking for the official ones."""

from typing import Final

from flask import Response, url_for

from webapp.api import examples
from webapp.api.blueprint import api, context
from webapp.api.operations import change, needs, operation, read, reply
from webapp.api.schemas import InstalledModel, InstallModel, ModelsModel
from webapp.domain import InstallView, JobStatus
from webapp.exports.document import FailureModel
from webapp.services.keys import Scope
from webapp.services.models import install_status, request_install

TAG: Final = "Models"


@api.get("/models")
@api.output(ModelsModel, description="What is installed, what is missing, how far an installation is.", example=examples.MODELS)
@operation("List the translation models", id="listModels", tag=TAG, errors=("package-records-unreadable",))
def list_models() -> Response:
    return reply(_models())


@api.post("/models/install")
@api.output(ModelsModel, status_code=202, description="The worker fetches them.", example=examples.MODELS)
@operation(
    "Install the official models",
    id="installModels",
    tag=TAG,
    errors=("package-records-unreadable",),
    description="Those that the configured targets need, from the package index. Asking twice is asking once.",
)
@needs(Scope.ADMIN)
def install() -> Response:
    change(request_install)
    return reply(_models(), 202, {"Location": url_for("api.list_models"), "Retry-After": "2"})


def _models() -> ModelsModel:
    packages = context().packages
    installed = [
        InstalledModel(
            pair=p.pair,
            version=p.version,
            kind=p.kind,
            sha256=p.sha256,
            source=p.source,
            target=p.target,
            size_bytes=p.size_bytes,
            installed_at=p.installed_at,
        )
        for p in packages.installed()
    ]
    return ModelsModel(installed=installed, missing=list(packages.missing()), install=_install(read(install_status)))


def _install(view: InstallView | None) -> InstallModel | None:
    if view is None:
        return None
    error = FailureModel(type=view.error, detail=view.detail or "") if view.error else None
    status = JobStatus(view.status)
    return InstallModel(status=status, pair=view.pair, bytes_done=view.bytes_done, bytes_total=view.bytes_total, error=error)
