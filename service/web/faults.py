"""Marshmallow's messages as the faults that everything outside is told of."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.errors import ConflictError, DomainError, Fault, RefusedError


def faults_in(messages: Any, pointer: str = "") -> Iterator[Fault]:
    """Turn marshmallow's nested messages into faults with JSON pointers.

    A message is ``code|sentence``; see ``fields``.
    """
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = "" if key == "_schema" else "/" + str(key).replace("~", "~0").replace("/", "~1")
            yield from faults_in(inner, pointer + step)
        return
    for message in messages if isinstance(messages, list) else [messages]:
        if isinstance(message, Mapping):
            yield from faults_in(message, pointer)
            continue
        code, bar, detail = str(message).partition("|")
        yield Fault(pointer, code if bar else "invalid", detail if bar else code)


def faults_of(error: DomainError) -> tuple[Fault, ...]:
    """What a refusal names: every fault of what was sent, or the one place of a conflict."""
    if isinstance(error, RefusedError):
        return error.faults
    if isinstance(error, ConflictError) and error.pointer:
        return (Fault(error.pointer, error.code, error.detail),)
    return ()
