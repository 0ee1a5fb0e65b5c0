"""Who calls the API: whoever knows the access token, a key with its scopes, or anybody where neither is set."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import current_app, g, request

from webapp.api.blueprint import context
from webapp.api.marks import View, mark
from webapp.errors import AccessDenied, KeyRefused, ScopeMissing
from webapp.services import keys
from webapp.services.access import token_is_valid
from webapp.services.keys import Scope
from webapp.storage.keys import ApiKey

ANYBODY: Final = "local"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls; `key` is None for whoever may do everything."""

    key: ApiKey | None = None

    @property
    def name(self) -> str:
        """What the history calls them."""
        return ANYBODY if self.key is None else self.key.name

    @property
    def mark(self) -> str:
        """What limits and idempotency keys are counted by: the key, or else the address."""
        return f"address:{request.remote_addr}" if self.key is None else f"key:{self.key.id}"

    def check(self, scope: Scope) -> None:
        """Raises ScopeMissing where the key does not allow it."""
        if self.key is not None and not keys.allows(self.key, scope):
            raise ScopeMissing(scope=scope.value)


def caller() -> Caller:
    """Who sends this request; the guard has found out."""
    found: Caller = g.get("quatrain_caller", Caller())
    return found


def who() -> str:
    """What the history calls the sender of this request."""
    return caller().name


def is_guarded() -> bool:
    """Whether a token or a key is needed at all."""
    here = context()
    if here.settings.access_token is not None:
        return True
    with here.store.read() as tx:
        return keys.keys_exist(tx)


def identify(given: str | None) -> Caller:
    """Finds out who calls, from the secret they sent. Raises AccessDenied without one where one is needed, KeyRefused."""
    here = context()
    token = here.settings.access_token
    if given and token is not None and token_is_valid(given, token):
        return Caller()
    key, due = None, False
    with here.store.read() as tx:
        needed = token is not None or keys.keys_exist(tx)
        if given and needed and (key := keys.authenticate(tx, given)) is not None:
            due = keys.is_due(tx, key)
    if key is not None and due:
        with here.store.begin() as tx:
            keys.note_use(tx, key)
    if key is None and needed:
        raise KeyRefused if given else AccessDenied
    return Caller(key)


def scope_of(endpoint: str, method: str) -> Scope:
    """What a key needs for an operation: what its view was marked with, else `read` to look and `review` to change."""
    marked: Scope | None = getattr(current_app.view_functions.get(endpoint), "quatrain_scope", None)
    if marked is not None:
        return marked
    return Scope.READ if method in {"GET", "HEAD", "OPTIONS"} else Scope.REVIEW


def needs(scope: Scope) -> Callable[[View], View]:
    """Marks what a key needs for an operation, where that is not `read` to look and `review` to change."""
    return mark("quatrain_scope", scope)
