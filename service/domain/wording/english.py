"""The English texts of all parts together, each key once."""

from collections.abc import Mapping
from types import MappingProxyType

from service.domain.wording.administration import ADMINISTRATION
from service.domain.wording.batch import BATCH
from service.domain.wording.cards import CARDS
from service.domain.wording.checklist_page import CHECKLIST_PAGE
from service.domain.wording.clients import CLIENTS
from service.domain.wording.erasing import ERASING
from service.domain.wording.guidance_pages import GUIDANCE_PAGES
from service.domain.wording.intake_form import INTAKE_FORM
from service.domain.wording.intake_links import INTAKE_LINKS
from service.domain.wording.pages import PAGES
from service.domain.wording.patient_data import PATIENT_DATA
from service.domain.wording.patient_page import PATIENT_PAGE
from service.domain.wording.record import RECORD
from service.domain.wording.sheet import SHEET
from service.domain.wording.sign_offs import SIGN_OFFS
from service.domain.wording.worklist import WORKLIST

_FOR_PATIENTS = (SHEET, RECORD, SIGN_OFFS, INTAKE_FORM)
_FOR_STAFF = (
    BATCH,
    PAGES,
    WORKLIST,
    PATIENT_PAGE,
    ERASING,
    INTAKE_LINKS,
    CHECKLIST_PAGE,
    ADMINISTRATION,
    GUIDANCE_PAGES,
    CARDS,
    CLIENTS,
    PATIENT_DATA,
)


def _together(*parts: Mapping[str, str]) -> dict[str, str]:
    texts = {key: text for part in parts for key, text in part.items()}
    if len(texts) != sum(map(len, parts)):
        raise ValueError("a key stands in two parts of the wording")
    return texts


ENGLISH: Mapping[str, str] = MappingProxyType(_together(*_FOR_PATIENTS, *_FOR_STAFF))
STAFF_KEYS = frozenset(_together(*_FOR_STAFF))
"""The keys of pages that only staff see, and of a patient's file: labels may name parts of the house."""
FORM_KEYS = frozenset(INTAKE_FORM)
"""The keys of the form that patients fill in."""
