"""Credentials to actor: a bearer key or session token before every view that has not said it is open."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request

from service.actions.credentials import authenticate
from service.actions.door import record_refusal
from service.domain.access.permissions import Actor, Permission, require
from service.domain.errors import ForbiddenError
from service.web.current import door, house
from service.web.limits import count_call

P = ParamSpec("P")
R = TypeVar("R")


class UnauthenticatedError(Exception):
    """No credentials, or none that are valid."""


def bearer_secret() -> str:
    """The secret of the Authorization header. Raises UnauthenticatedError."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise UnauthenticatedError
    return secret.strip()


def needs(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only actors with this permission reach a view, before its body is read.

    The view keeps the name of its permission, for the documentation and for the test that no route is
    without one. The action asks again: other doors lead to it too.
    """

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            here = house()
            found = authenticate(here.database, bearer_secret(), here.clock())
            if found is None:
                raise UnauthenticatedError
            count_call(found)
            require_on_record(found, permission)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def require_on_record(found: Actor, permission: Permission) -> None:
    """Raise ForbiddenError, once it is on record, unless the actor at hand holds the permission."""
    try:
        require(found, permission)
    except ForbiddenError:
        record_refusal(door())
        raise


def has_scope(found: Actor, resource: str, letter: str) -> bool:
    """Whether an actor has no scopes to keep to, or one of them covers this."""
    return found.scopes is None or any(scope.covers(resource, letter) for scope in found.scopes)


def require_scope(found: Actor, resource: str, letter: str) -> None:
    """Raise ForbiddenError, once it is on record, where an actor has scopes and none covers this."""
    if not has_scope(found, resource, letter):
        record_refusal(door())
        raise ForbiddenError(f"The scope does not cover {resource} ({letter}).")


def is_open(view: Callable[P, R]) -> Callable[P, R]:
    """Say of a view that anybody may reach it."""
    view.permission = None  # type: ignore[attr-defined]
    return view
