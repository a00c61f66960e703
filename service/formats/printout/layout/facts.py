"""Facts as they are printed: a label and what stands behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.domain.text import PartialDate
from service.domain.wording import Catalogue
from service.domain.zones import in_zone
from service.formats.isolated_text import IsolatedText, fixed


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands behind it; ``system`` is the numbering that an identifier belongs to."""

    label: str
    value: IsolatedText
    system: str = ""


def birth_date_of(patient: Mapping[str, Any], words: Catalogue) -> Fact:
    """A patient's date of birth as whole as it is known, or that it is missing."""
    born = patient["birth_date"]
    said = words.date(PartialDate.parse(born)) if born else words.text("sheet.birth_date_missing")
    return Fact(words.text("sheet.birth_date"), fixed(said))


def local_time(instant: str, time_zone: str, words: Catalogue) -> str:
    """An instant in the clinic's time zone; where the machine does not know the zone, as it was recorded.

    The zone's name stands behind the time either way.
    """
    return words.instant(in_zone(datetime.fromisoformat(instant), time_zone))
