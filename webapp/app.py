"""The only wiring: settings ▸ store ▸ queue ▸ blueprints ▸ error handlers."""

import os

from apiflask import APIFlask
from flask import Flask

from webapp import api, web
from webapp.config import Settings
from webapp.engine.packages import PackageStore
from webapp.jobs.queue import open_queue, waker
from webapp.services.context import Context
from webapp.storage.store import Store


def create_context(settings: Settings) -> Context:
    """Opens the database (migrated to the newest schema), the package store and the queue of one installation.

    Raises DataFolderUnwritable or DatabaseUnavailable.
    """
    store = Store.open(settings)
    packages = PackageStore(settings)
    return Context(settings=settings, store=store, packages=packages, wake=waker(open_queue(settings)))


def create_app(context: Context) -> Flask:
    """Makes the WSGI application around the open parts of an installation; loads no model."""
    app = APIFlask("webapp", static_folder="static", docs_path=None, spec_path=None)
    app.extensions["quatrain"] = context
    api.register(app, context)
    web.register(app, context)
    return app


def application() -> Flask:
    """What a WSGI server calls (`webapp.app:application()`): the installation that the environment describes.

    Raises SettingsInvalid and what `create_context` raises.
    """
    return create_app(create_context(Settings.from_environment(os.environ)))
