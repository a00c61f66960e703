"""Dates and times of R4: as whole as they are known."""

import re

from service.domain.text import PartialDate
from service.formats.fhir.reading.elements import Element

_MOMENT = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(T[0-9:.Z+-]*)?", re.ASCII)
_TIME = re.compile(
    r"T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)", re.ASCII
)


def day(element: Element, name: str) -> PartialDate | None:
    """The day of a date or a time, without the hour."""
    found, time = _read(element, name)
    if time:
        element.notes.tell(element.at(name), "The hour is not kept, only the day.")
    return found


def moment(element: Element, name: str) -> str | None:
    """A date or a time as it is written; an hour that R4 would not have so is not kept."""
    found, time = _read(element, name)
    if found is None or time is None:
        return None if found is None else str(found)
    if _TIME.fullmatch(time):
        return f"{found}{time}"
    element.notes.tell(element.at(name), "An hour without its seconds or its time zone is not kept.")
    return str(found)


def _read(element: Element, name: str) -> tuple[PartialDate | None, str | None]:
    text = element.code(name)
    if text is None:
        return None, None
    found = _MOMENT.fullmatch(text)
    try:
        return PartialDate.parse(found[1] if found else ""), found[2] if found else None
    except ValueError:
        element.notes.refuse(element.at(name), "value", "Not a date such as 2026, 2026-12 or 2026-12-01.")
        return None, None
