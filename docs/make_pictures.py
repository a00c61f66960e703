"""Makes the documentation's pictures from made-up data, at a fixed time, so that they come out alike."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count
from pathlib import Path
from uuid import UUID

from PIL import Image

from docs.picture_pages import PAGES, picture_pages
from docs.picture_sheets import SHEET_PICTURES
from service.actions.intake import Intake
from service.domain.attribution import Attribution, Recorder, RecorderKind
from service.domain.checklists.checklist import Checklist, SheetTreatment
from service.domain.checklists.document import checklist_document
from service.domain.checklists.preparation import prepare
from service.domain.checklists.short_code import make_code
from service.domain.checklists.state import ChecklistState, state_document
from service.domain.medications.whole_list import start_list
from service.domain.patients.patients import Paper, PrintSize
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.guidance_file.reading import read_guidance
from service.formats.printout import sheet_png
from service.web.schemas.intake import IntakeSchema

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "sheet-top.png"
ISSUED_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PLANNED_START = date(2026, 12, 1)
RECORDER = Recorder(RecorderKind.SYSTEM, "intake-form", "Intake form")
PATIENT_FILE = "patient-02.json"
PIXELS_PER_INCH = 96
_SHOWN = 610
"""How many pixels of the page are shown, so that the commands stand on the README's first screen too."""


def picture() -> bytes:
    """The top of the first page of the demo patient's sheet, as PNG."""
    document = checklist_document(_checklist(_intake()))
    state = state_document(ChecklistState(list_version=1, latest_version=1), ENGLISH_CATALOGUE)
    png = sheet_png(document, state, ENGLISH_CATALOGUE, 1, ppi=PIXELS_PER_INCH)
    page, top = Image.open(BytesIO(png)), BytesIO()
    page.crop((0, 0, page.width, _SHOWN)).save(top, "png", optimize=True)
    return top.getvalue()


def _intake() -> Intake:
    posted = json.loads((ROOT / "seed" / "demo" / PATIENT_FILE).read_text("utf-8"))
    intake: Intake = IntakeSchema().load(posted)
    return intake


def _checklist(intake: Intake) -> Checklist:
    ids = _ids()
    guidance = read_guidance((ROOT / "seed" / "guidance" / "sorafenib.toml").read_text("utf-8"))
    patient = intake.patient.as_new(next(ids))
    attribution = Attribution(intake.informant, intake.collection_mode, RECORDER, ISSUED_AT)
    medications = start_list(patient.id, intake.medications, attribution, new_id=lambda: next(ids))
    return Checklist(
        id=next(ids),
        code=make_code(lambda below: 17 % below),
        patient=patient,
        treatments=(SheetTreatment.of(guidance, guidance.version),),
        planned_start=PLANNED_START,
        list_version=medications.version,
        language=ENGLISH_CATALOGUE.language,
        paper=Paper.A4,
        print_size=PrintSize.STANDARD,
        time_zone="UTC",
        issued_at=ISSUED_AT,
        issued_by=RECORDER,
        content=prepare(patient, medications, guidance, ENGLISH_CATALOGUE),
    )


def _ids() -> Iterator[UUID]:
    """Ids that are the same at every run."""
    return (UUID(int=number) for number in count(1))


def made_pictures() -> set[str]:
    """The names of the files that the command makes."""
    return {PICTURE.name, *(f"{name}.png" for name in (*PAGES, *SHEET_PICTURES))}


def main() -> None:
    """Make every picture anew."""
    PICTURE.parent.mkdir(exist_ok=True)
    for old in PICTURE.parent.glob("*.png"):
        old.unlink()
    PICTURE.write_bytes(picture())
    picture_pages(PICTURE.parent)


if __name__ == "__main__":
    main()
