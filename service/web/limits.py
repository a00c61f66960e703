"""How often a caller may ask: who is known is counted by who they are, all others by where they call from."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

import structlog
from flask import g, request

from service.actions.limits import LimitReachedError
from service.actions.sessions import LogInRefusedError
from service.domain.access.limits import Limit
from service.domain.access.permissions import Actor, Role
from service.domain.errors import ConflictError
from service.web.current import door, house, request_id
from service.web.figures import figures

_CHOSEN_BY_A_CALLER = 64
"""The last bits of an IPv6 address: with them a caller would be another one whenever it likes."""
_TELL_OF_A_RECORD = frozenset({"birth_date_differs", "name_differs"})
_log = structlog.get_logger()


def count_call(actor: Actor) -> None:
    """Count a call of the actor, who is from here on the one at hand. Raises LimitReachedError."""
    g.actor = actor
    here = house()
    limit, who, now = here.limits.calls, _who(actor), here.clock()
    wait = here.limiter.take(limit, who, now)
    if wait is not None:
        raise _reached_by_actor(limit, who, wait)
    if request.method == "POST" and actor.role is Role.INTAKE:
        wait = here.limiter.wait_known(here.limits.conflicts, who, now)
        if wait is not None:
            raise _reached_by_actor(here.limits.conflicts, who, wait)


def refuse_when_known(actor: Actor) -> None:
    """Raise LimitReachedError where this process knows that the actor's calls are used up; count nothing."""
    here = house()
    wait = here.limiter.wait_known(here.limits.calls, _who(actor), here.clock())
    if wait is not None:
        raise _reached(here.limits.calls, wait)


def count_conflict(error: ConflictError) -> LimitReachedError | None:
    """Count an answer that tells whether a record is as somebody says who may not read it.

    An error to answer in its place where there were too many of them.
    """
    actor: Actor | None = g.get("actor")
    if error.code not in _TELL_OF_A_RECORD or actor is None or actor.role is not Role.INTAKE:
        return None
    here, who = house(), _who(actor)
    wait = here.limiter.take(here.limits.conflicts, who, here.clock())
    return None if wait is None else _reached_by_actor(here.limits.conflicts, who, wait)


def count_failure() -> LimitReachedError | None:
    """Count credentials that are none by the address; an error to answer when there were too many.

    They were looked at before: whoever calls from the same address with valid ones is let in.
    """
    here = house()
    who, limit, now = _address(), here.limits.credentials, here.clock()
    wait = here.limiter.take(limit, who, now)
    if wait is None:
        return None
    _tell(limit, who, here.limiter.is_first_to_tell(limit, who, now))
    return _reached(limit, wait)


@contextmanager
def limited_log_in() -> Iterator[None]:
    """Look at a log-in only where its address has not failed too often: a password takes long to look at.

    One that succeeds is not counted. Raises LogInRefusedError.
    """
    here = house()
    who, limit, now = _address(), here.limits.log_ins, here.clock()
    wait = here.limiter.take(limit, who, now)
    if wait is not None:
        _tell(limit, who, here.limiter.is_first_to_tell(limit, who, now))
        raise LogInRefusedError(retry_after=_reached(limit, wait).retry_after)
    try:
        yield
    except LogInRefusedError as error:
        figures().refused("log_in", "wrong" if error.retry_after is None else "closed")
        raise
    except BaseException:
        here.limiter.give_back(limit, who, now)
        raise
    here.limiter.give_back(limit, who, now)


def _reached_by_actor(limit: Limit, who: str, wait: int) -> LimitReachedError:
    """The error to raise, once it is on record; on record and in the log once for each window."""
    here = house()
    _tell(limit, who, here.limiter.is_first_to_tell(limit, who, here.clock(), door()))
    return _reached(limit, wait)


def _reached(limit: Limit, wait: int) -> LimitReachedError:
    figures().refused("limit", limit.kind.value)
    return LimitReachedError(limit.kind, wait)


def _tell(limit: Limit, who: str, first: bool) -> None:  # noqa: FBT001 -- the one thing that it depends on
    if first:
        _log.warning("limit_reached", request_id=request_id(), limit=limit.kind.value, client=who)


def _who(actor: Actor) -> str:
    return f"{actor.kind}/{actor.id}"


def _address() -> str:
    """Where the caller is, as a digest that only this service can make."""
    secret, place = house().settings.secret_key, _place(request.remote_addr or "")
    return f"address/{hmac.new(secret.encode(), place.encode(), sha256).hexdigest()}"


def _place(address: str) -> str:
    """Where an address is; the port that some proxies write behind it says nothing of that."""
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return f"{int(known) >> _CHOSEN_BY_A_CALLER:x}"
