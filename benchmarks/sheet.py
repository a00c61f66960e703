"""One form of 20 items on its way to a checklist's document: by the service's domain, and by hand."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import orjson

from benchmarks.clinic import GUIDANCE
from benchmarks.floor import ids
from benchmarks.floor.document import Issue
from benchmarks.floor.document import checklist_document as document_by_hand
from benchmarks.floor.guidance import FixedParts, fixed_parts
from benchmarks.floor.shape import Json, read_intake
from benchmarks.forms import form
from service.domain.attribution import Attribution, Recorder, RecorderKind
from service.domain.checklists.checklist import Checklist, SheetTreatment
from service.domain.checklists.document import checklist_document
from service.domain.checklists.preparation import prepare
from service.domain.guidance.statements import Guidance
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import start_list
from service.domain.patients.patients import Paper, Patient, PrintSize
from service.formats.guidance_file.reading import read_guidance
from service.store.guidance_body import guidance_to_json
from service.web.schemas.intake import IntakeSchema

_RECORDER = {"kind": "system", "id": "a key's id", "name": "Key of the benchmark"}
_CODE = "000000000"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What both ways begin with: the list at hand, checked and with its ids."""

    now: datetime
    patient: Patient
    medications: MedicationList
    guidance: Guidance
    intake: Json
    parts: FixedParts

    def by_the_domain(self) -> str:
        """As the service does it when it issues a sheet."""
        checklist = Checklist(
            id=UUID(int=0),
            code=_CODE,
            patient=self.patient,
            treatments=(SheetTreatment.of(self.guidance, self.parts.version),),
            planned_start=datetime(2026, 12, 1, tzinfo=UTC).date(),
            list_version=1,
            language="en",
            paper=Paper.A4,
            print_size=PrintSize.STANDARD,
            time_zone="UTC",
            issued_at=self.now,
            issued_by=Recorder(RecorderKind.SYSTEM, _RECORDER["id"], _RECORDER["name"]),
            content=prepare(self.patient, self.medications, self.guidance),
        )
        return orjson.dumps(checklist_document(checklist)).decode()

    def by_hand(self) -> str:
        """As the floor does it."""
        issue = Issue(
            checklist_id=str(UUID(int=0)),
            code=_CODE,
            patient_id=str(self.patient.id),
            intake=self.intake,
            recorder=_RECORDER,
            at=self.now.isoformat(),
            paper="a4",
            print_size="standard",
            time_zone="UTC",
        )
        return document_by_hand(issue, self.parts)[0].decode()


def make_sheet() -> Sheet:
    """Read one form both ways."""
    now = datetime.now(UTC)
    posted = form()
    intake = IntakeSchema().load(posted)
    recorder = Recorder(RecorderKind.SYSTEM, _RECORDER["id"], _RECORDER["name"])
    attribution = Attribution(intake.informant, intake.collection_mode, recorder, now)
    patient = intake.patient.as_new(UUID(ids.new_id(now)))
    medications = start_list(
        patient.id, intake.medications, attribution, new_id=lambda: UUID(ids.new_id(now))
    )
    by_hand = read_intake(orjson.dumps(posted))
    for item, kept in zip(by_hand["items"], medications.items, strict=True):
        item["id"] = str(kept.id)
    guidance = read_guidance(GUIDANCE.read_text("utf-8"))
    parts = fixed_parts(guidance.version, guidance_to_json(guidance))
    return Sheet(now, patient, medications, guidance, by_hand, parts)
