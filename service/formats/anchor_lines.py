"""Anchors of the audit trail as lines of JSON, to be printed, mailed or kept on another machine."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from service.domain.audit.chain import Anchor


class AnchorLineError(Exception):
    """A line is no anchor; the message says which."""


def anchor_line(anchor: Anchor) -> str:
    """One anchor as a line, without its end."""
    said = {
        "clinic": str(anchor.clinic_id),
        "sequence": anchor.sequence,
        "mac": anchor.mac,
        "at": anchor.at.isoformat(timespec="seconds"),
    }
    return json.dumps(said)


def read_anchors(lines: Iterable[str]) -> list[Anchor]:
    """The anchors of some lines, of which empty ones say nothing. Raises AnchorLineError."""
    return [_anchor(number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _anchor(number: int, line: str) -> Anchor:
    try:
        said = json.loads(line)
        at = datetime.fromisoformat(said["at"])
        return Anchor(UUID(said["clinic"]), int(said["sequence"]), str(said["mac"]), at)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise AnchorLineError(f"line {number} is not an anchor") from None
