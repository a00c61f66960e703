"""Anchors of the audit trail, by which a trail that was cut or made anew is known."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.audit.chain import Anchor
from service.formats.kept_lines.lines import read_lines


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
    """The anchors of some lines. Raises KeptLineError."""
    return read_lines(lines, _anchor, "is not an anchor")


def _anchor(said: Mapping[str, Any]) -> Anchor:
    at = datetime.fromisoformat(said["at"])
    return Anchor(UUID(said["clinic"]), int(said["sequence"]), str(said["mac"]), at)
