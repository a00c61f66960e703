"""Pictures of printed sheets: in each size and language, signed and out of date, and a day's cover."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import requests
from PIL import Image

from service.domain.wording import ENGLISH, Catalogue
from service.formats.printout import sheet_pdf
from tests.browser import made_up_patients as patients
from tests.browser.clinic import Clinic
from tests.formats.printout.samples import CURRENT, document, many_items, medication_list

SCALE = 0.9
SHEETS: dict[str, tuple[str, dict[str, str]]] = {
    "sheet": (patients.GAPS, {"paper": "a4"}),
    "sheet-large": (patients.GAPS, {"print_size": "large"}),
    "sheet-spanish": (patients.GAPS, {"language": "es"}),
}
"""Sheets that are issued for their pictures: whose, and how they are asked for."""
ISSUED = {
    "sheet-signed": patients.SIGNED,
    "sheet-out-of-date": patients.CHANGED,
    "sheet-withdrawn": patients.WITHDRAWN,
}
"""Sheets that are there, and what has become of them."""
SHEET_PICTURES = (*SHEETS, *ISSUED, "sheet-right-to-left", "day-cover")


def picture_sheets(clinic: Clinic, folder: Path, write: Callable[[Image.Image, Path], None]) -> None:
    """Write the first page of each sheet."""
    for name, (patient, asked) in SHEETS.items():
        wanted = {**clinic.treatment, **asked}
        wanted["treatment"] = wanted.pop("id")
        issued = clinic.as_nurse("POST", f"/v1{clinic.patient(patient)}/checklists", wanted)
        pdf = _fetched(clinic, f"/v1/checklists/{issued['id']}.pdf")
        write(_first_page(pdf), folder / f"{name}.png")
    for name, patient in ISSUED.items():
        write(_first_page(_fetched(clinic, f"/v1{clinic.checklist(patient)}.pdf")), folder / f"{name}.png")
    write(_first_page(_right_to_left()), folder / "sheet-right-to-left.png")


def picture_cover(clinic: Clinic, folder: Path, write: Callable[[Image.Image, Path], None]) -> None:
    """Write the cover of the day's print, which issues anew what is out of date."""
    day = _fetched(clinic, "/v1/print-batches", {"date": patients.DAY})
    write(_first_page(day), folder / "day-cover.png")


def _fetched(clinic: Clinic, path: str, sent: dict[str, Any] | None = None) -> bytes:
    headers = {"Authorization": f"Bearer {clinic.nurse_token}"}
    method = "POST" if sent else "GET"
    answer = requests.request(method, clinic.url(path), json=sent, headers=headers, timeout=120)
    answer.raise_for_status()
    return answer.content


def _first_page(pdf: bytes) -> Image.Image:
    opened = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = opened[0].render(scale=SCALE).to_pil()
    opened.close()
    return picture


def _right_to_left() -> bytes:
    """Made-up words: there is no such catalogue yet, and it is the layout that is shown."""
    said = {"section.gaps": "نص تجريبي", "sheet.told_box": "نص", "section.prescription": "نص تجريبي آخر"}
    words = Catalogue("ar", {**ENGLISH, **said})
    return sheet_pdf(document(medication_list(many_items(9)), words=words), CURRENT, words)
