"""Who said something, who recorded it, how and when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class InformantKind(StrEnum):
    """Who can say what a patient takes."""

    PATIENT = "patient"
    RELATED_PERSON = "related_person"
    CAREGIVER = "caregiver"
    PRACTITIONER = "practitioner"
    ORGANIZATION = "organization"


class CollectionMode(StrEnum):
    """How it was collected."""

    SELF = "self"
    PAPER = "paper"
    PHONE = "phone"
    INTERVIEW = "interview"
    HANDED_DEVICE = "handed_device"
    IMPORT = "import"


class RecorderKind(StrEnum):
    """A member of staff who keyed it, or the system that sent it."""

    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Informant:
    """Who said it; a name only where it is not the patient."""

    kind: InformantKind
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who keyed it, or the system that sent it, as this clinic knows them."""

    kind: RecorderKind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Informant and collection mode may be unknown (None); who said it is then asked, not assumed."""

    informant: Informant | None
    collection_mode: CollectionMode | None
    recorder: Recorder
    recorded_at: datetime

    def __post_init__(self) -> None:
        if self.recorded_at.tzinfo is None:
            raise ValueError("an instant has an offset")

    @property
    def complete(self) -> bool:
        """Whether it is known who said it and how: what an answer needs."""
        return self.informant is not None and self.collection_mode is not None


def recorder_document(recorder: Recorder) -> dict[str, str]:
    """A recorder as JSON-ready data."""
    return {"kind": str(recorder.kind), "id": recorder.id, "name": recorder.name}


def attribution_document(attribution: Attribution) -> dict[str, Any]:
    """Who said it, who recorded it, how and when, as JSON-ready data."""
    informant, mode = attribution.informant, attribution.collection_mode
    return {
        "informant": {"kind": str(informant.kind), "name": informant.name} if informant else None,
        "collection_mode": str(mode) if mode else None,
        "recorder": recorder_document(attribution.recorder),
        "recorded_at": attribution.recorded_at.isoformat(),
    }
