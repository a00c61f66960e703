"""Why a call or a feedback cannot be read."""

from collections.abc import Iterable

from service.domain.errors import Fault


class HookRefusedError(Exception):
    """What was sent is not what CDS Hooks 2.0 asks for; names every fault. Nothing was done."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__("This is not as CDS Hooks 2.0 asks for it. Nothing was done.")
        self.faults = tuple(faults)
