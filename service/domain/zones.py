"""Instants in a clinic's time zone."""

from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def in_zone(at: datetime, zone: str) -> datetime:
    """The instant in the zone (IANA name); as it is where the machine does not know the zone."""
    with suppress(ZoneInfoNotFoundError, ValueError):
        return at.astimezone(ZoneInfo(zone))
    return at
