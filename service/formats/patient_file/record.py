"""``record.json``: everything that is kept of a patient, row by row, under the names under which it is kept.

Its shape is documented in ``docs/data-requests.md``; ``FORMAT`` counts up when a name in it changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

FORMAT = "medication-checklist/patient-data/1"
_AT_ONCE = 1 << 16


def record_chunks(head: Mapping[str, Any], parts: Iterable[tuple[str, Iterable[object]]]) -> Iterator[bytes]:
    """One JSON object: ``format``, the members of ``head``, and each part as a list with a line for a row.

    What a row holds as ``orjson.Fragment`` stands in it byte for byte.
    """
    piece = b"{" + _member("format", FORMAT)
    for name, value in head.items():
        piece += b",\n" + _member(name, value)
    for name, rows in parts:
        piece += b",\n" + orjson.dumps(name) + b":["
        between = b"\n"
        for row in rows:
            piece += between + orjson.dumps(row)
            between = b",\n"
            if len(piece) > _AT_ONCE:
                yield piece
                piece = b""
        piece += b"\n]"
    yield piece + b"}\n"


def _member(name: str, value: object) -> bytes:
    return orjson.dumps(name) + b":" + orjson.dumps(value)
