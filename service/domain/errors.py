"""What can be refused, said so that the person who sent it can mend it.

Errors never carry a patient's data beyond the JSON pointer to the field that is at fault.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was sent.

    ``pointer`` is an RFC 6901 JSON pointer into the sent document (``/items/1/name``), ``code`` a stable
    word for programs, ``detail`` a sentence for people.
    """

    pointer: str
    code: str
    detail: str


class DomainError(Exception):
    """Anything the domain refuses. ``code`` is a stable word for programs."""

    code = "refused"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class RefusedError(DomainError):
    """What was sent breaks a rule; carries every fault found, not only the first."""

    code = "invalid"

    def __init__(self, *faults: Fault) -> None:
        if not faults:
            raise ValueError("a refusal names at least one fault")
        super().__init__("What was sent was refused. Nothing was changed.")
        self.faults = faults


class NotFoundError(DomainError):
    """No such thing in this clinic; says the same for another clinic's things."""

    code = "not_found"


class ConflictError(DomainError):
    """What was sent does not fit what is on file."""

    code = "conflict"

    def __init__(self, detail: str, *, code: str = "conflict", pointer: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.pointer = pointer


class StaleVersionError(DomainError):
    """The change was made from a version that is no longer the latest.

    A list's versions are counted; a patient's are told apart by ``patients.version_of``.
    """

    code = "stale_version"

    def __init__(self, sent: int | str, latest: int | str) -> None:
        super().__init__(f"The change was made from version {sent}; the latest is version {latest}.")
        self.sent = sent
        self.latest = latest


class ForbiddenError(DomainError):
    """The actor's role does not hold the permission that the action needs."""

    code = "forbidden"
