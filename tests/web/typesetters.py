"""The processes that set sheets and batches for a server, among all that it started."""

from pathlib import Path

from tests.processes import children_of


def is_typesetter(pid: int) -> bool:
    try:
        return b"typesetter" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def typesetters(server: int) -> list[int]:
    return [pid for pid in children_of(server) if is_typesetter(pid)]


def workers(server: int) -> list[int]:
    """The server's processes: what it started, but for what sets its prints."""
    return [pid for pid in (server, *children_of(server)) if not is_typesetter(pid)]
