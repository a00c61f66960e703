"""What was signed and marked on a checklist, as it stands today."""

from collections.abc import Mapping
from typing import Any

import orjson

from service.actions.medications import known_list
from service.actions.patients import known_patient
from service.actions.work import Work
from service.domain.checklists.preparation import prepare
from service.domain.checklists.sign_offs import Digests, digests_of, digests_today
from service.domain.checklists.signed_and_marked import NOTHING_SIGNED, signed_and_marked_document
from service.store import guidance as guidance_store
from service.store import marks as mark_store
from service.store import sign_offs as sign_off_store
from service.store.checklists import StoredChecklist


def signed_and_marked(work: Work, stored: StoredChecklist) -> Mapping[str, Any]:
    """The signatures and marks of a checklist as JSON-ready data; see ``signed_and_marked_document``."""
    whose = (work.connection, work.clinic_id, stored.patient_id, stored.treatment_id)
    sign_offs = sign_off_store.list_sign_offs(*whose)
    marks = mark_store.list_marks(*whose)
    if not sign_offs and not marks:
        return NOTHING_SIGNED
    document = orjson.loads(stored.document_text)
    today = sections_today(work, stored, document)
    return signed_and_marked_document(document, today, sign_offs, marks, work.words(stored.language))


def sections_today(work: Work, stored: StoredChecklist, document: Mapping[str, Any]) -> Digests:
    """The digest of each section as the latest list makes it, with the sheet's own guidance."""
    if stored.latest_version == stored.list_version:
        return digests_of(document)
    guidance = guidance_store.guidance_used(
        work.connection, work.clinic_id, stored.treatment_id, stored.guidance_version
    )
    patient = known_patient(work, stored.patient_id)
    latest = known_list(work, stored.patient_id)
    return digests_today(prepare(patient, latest, guidance, work.words(stored.language)))
