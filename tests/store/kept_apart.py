"""Every function of the store that takes a clinic, called for another clinic than what it asks for."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, select

import service.store
from service.domain.checklists.checklist import Withdrawal
from service.domain.patients.patients import sought_words
from service.store import (
    api_keys,
    audit,
    audit_chain,
    cards,
    checklist_writing,
    checklists,
    clients,
    erasure,
    guidance,
    guidance_drafts,
    guidance_today,
    guidance_versions,
    idempotency,
    intake_forms,
    intake_links,
    marks,
    medication_writing,
    medications,
    patient_rows,
    patient_search,
    patient_writing,
    patients,
    replacements,
    sign_offs,
    staff,
    worklist,
)
from service.store.tables import card_feedback
from tests.guidance_of_tests import TREATMENT
from tests.store.on_file import REQUEST, OnFile
from tests.store.records import (
    LATER,
    NOW,
    NURSE,
    next_list,
)

Reading = Callable[[Connection, UUID, OnFile], object]
# What each function answers where there is nothing: None, an empty page or False.
READINGS: dict[str, Reading] = {
    "medications.load_latest_list": lambda c, other, f: medications.load_latest_list(c, other, f.person.id),
    "medications.load_list": lambda c, other, f: medications.load_list(c, other, f.person.id, 1),
    "medications.load_lists": lambda c, other, f: medications.load_lists(c, other, f.person.id, [1]),
    "medications.list_versions": lambda c, other, f: medications.list_versions(
        c, other, f.person.id, None, 9
    ),
    "medications.load_latest_lists": lambda c, other, f: medications.load_latest_lists(
        c, other, [f.person.id]
    ),
    "medications.find_patient_of_item": lambda c, other, f: medications.find_patient_of_item(
        c, other, f.listed.items[0].id
    ),
    "patients.load_updated_at": lambda c, other, f: patients.load_updated_at(c, other, [f.person.id]),
    "patients.load_patients": lambda c, other, f: patients.load_patients(c, other, [f.person.id]),
    "patients.load_patient": lambda c, other, f: patients.load_patient(c, other, f.person.id),
    "patients.find_patient": lambda c, other, f: patients.find_patient(c, other, f.person.identifiers[0]),
    "patients.find_patients": lambda c, other, f: patients.find_patients(
        c, other, f.person.identifiers, f.person.id
    ),
    "patients.usual_system": lambda c, other, _: patients.usual_system(c, other, 9),
    "patients.list_patients": lambda c, other, _: patients.list_patients(c, other, None, 9),
    "guidance.load_guidance": lambda c, other, _: guidance.load_guidance(c, other, TREATMENT),
    "guidance.list_guidance": lambda c, other, _: guidance.list_guidance(c, other),
    "guidance.load_last_act": lambda c, other, _: guidance.load_last_act(c, other, TREATMENT),
    "guidance.list_publications": lambda c, other, _: guidance.list_publications(c, other),
    "guidance_today.guidance_of_several": lambda c, other, f: guidance_today.guidance_of_several(
        c, other, [f.checklist.id]
    ),
    "guidance_versions.list_versions": lambda c, other, _: guidance_versions.list_versions(c, other),
    "guidance_versions.count_open_sheets": lambda c, other, _: guidance_versions.count_open_sheets(
        c, other, TREATMENT, "v1"
    ),
    "guidance_versions.count_sheets": lambda c, other, _: guidance_versions.count_sheets(c, other),
    "guidance_drafts.load_document": lambda c, other, f: guidance_drafts.load_document(
        c, other, f.draft.guidance.document.sha256
    ),
    "guidance_drafts.load_draft": lambda c, other, f: guidance_drafts.load_draft(c, other, f.draft.id),
    "guidance_drafts.list_drafts": lambda c, other, _: guidance_drafts.list_drafts(c, other),
    "checklists.load_checklist": lambda c, other, f: checklists.load_checklist(c, other, f.checklist.id),
    "checklists.find_checklist_by_code": lambda c, other, f: checklists.find_checklist_by_code(
        c, other, f.checklist.code
    ),
    "checklists.list_checklists": lambda c, other, f: checklists.list_checklists(
        c, other, f.person.id, None, 9
    ),
    "worklist.list_planned": lambda c, other, f: worklist.list_planned(
        c, other, f.checklist.planned_start or date.min, 9
    ),
    "patient_search.find_by_identifier_value": lambda c, other, f: patient_search.find_by_identifier_value(
        c, other, f.person.identifiers[0].value, 9
    ),
    "patient_search.find_by_name_words": lambda c, other, f: patient_search.find_by_name_words(
        c, other, sought_words(f.person.name or ""), 9
    ),
    "replacements.sheets_before": lambda c, other, f: replacements.sheets_before(c, other, [f.renewed]),
    "worklist.next_planned_day": lambda c, other, _: worklist.next_planned_day(c, other, date.min),
    "audit.list_events": lambda c, other, _: audit.list_events(c, other, None, 9),
    "audit.list_events of a patient": lambda c, other, f: audit.list_events(c, other, None, 9, f.person.id),
    "audit_chain.load_head": lambda c, other, _: audit_chain.load_head(c, other).length,
    "audit_chain.read_chain": lambda c, other, _: audit_chain.read_chain(c, other, None, 9),
    "api_keys.list_keys": lambda c, other, _: api_keys.list_keys(c, other),
    "api_keys.revoke_key": lambda c, other, f: api_keys.revoke_key(c, other, f.key.id, LATER),
    "clients.list_clients": lambda c, other, _: clients.list_clients(c, other),
    "clients.revoke_client": lambda c, other, f: clients.revoke_client(c, other, f.client.id, LATER),
    "staff.list_staff": lambda c, other, _: staff.list_staff(c, other),
    "sign_offs.list_sign_offs": lambda c, other, f: sign_offs.list_sign_offs(
        c, other, f.person.id, TREATMENT
    ),
    "sign_offs.list_sign_offs_of_many": lambda c, other, f: sign_offs.list_sign_offs_of_many(
        c, other, [(f.person.id, TREATMENT)]
    ),
    "intake_forms.load_form": lambda c, other, f: intake_forms.load_form(c, other, f.form.id),
    "intake_forms.find_open_form_at_desk": lambda c, other, f: intake_forms.find_open_form_at_desk(
        c, other, f.person.id, NOW
    ),
    "intake_links.newest_link": lambda c, other, f: intake_links.newest_link(c, other, f.person.id),
    "intake_links.open_link": lambda c, other, f: intake_links.open_link(c, other, f.link_id, NOW),
    "patient_rows.read_rows": lambda c, other, f: [
        row for table in patient_rows.ROWS for row in patient_rows.read_rows(c, other, f.person.id, table)
    ],
    "patient_rows.read_feedback": lambda c, other, _: list(
        patient_rows.read_feedback(c, other, [uuid4(), *c.scalars(select(card_feedback.c.card))])
    ),
    "marks.list_marks": lambda c, other, f: marks.list_marks(c, other, f.person.id, TREATMENT),
    "erasure.count_what_goes": lambda c, other, f: erasure.count_what_goes(c, other, f.person.id),
    "erasure.hold_patient": lambda c, other, f: erasure.hold_patient(c, other, f.person.id),
    "erasure.erase_rows": lambda c, other, f: erasure.erase_rows(c, other, f.person.id),
    "idempotency.take_back_replies": lambda c, other, f: idempotency.take_back_replies(
        c, other, {f.person.id}
    ),
    "idempotency.claim": lambda c, other, _: idempotency.claim(c, replace(REQUEST, clinic_id=other), NOW),
}
REFUSALS: dict[str, Reading] = {
    "cards.load_sheets": lambda c, other, f: cards.load_sheets(c, other, f.person.id),
    "guidance_versions.find_version": lambda c, other, _: guidance_versions.find_version(
        c, other, TREATMENT, "v1"
    ),
    "medication_writing.insert_first_list": lambda c, other, f: medication_writing.insert_first_list(
        c, other, replace(f.listed, version=1)
    ),
    "medication_writing.save_next_list": lambda c, other, f: medication_writing.save_next_list(
        c, other, next_list(f.listed, "Tea")
    ),
    "patient_writing.update_patient": lambda c, other, f: patient_writing.update_patient(
        c, other, replace(f.person, name="Changed"), LATER
    ),
    "staff.set_left": lambda c, other, f: staff.set_left(c, other, f.member.id, LATER),
    "staff.set_password_hash": lambda c, other, f: staff.set_password_hash(
        c, other, f.member.id, "$argon2id$another"
    ),
    "clients.set_keys": lambda c, other, f: clients.set_keys(c, other, f.client.id, f.client.keys),
    "intake_forms.save_draft": lambda c, other, f: intake_forms.save_draft(c, other, f.form.id, {}, 1),
    "intake_forms.close_form": lambda c, other, f: intake_forms.close_form(c, other, f.form.id, LATER, 1, {}),
    "guidance_drafts.save_draft": lambda c, other, f: guidance_drafts.save_draft(
        c, other, replace(f.draft, revision=2)
    ),
    "guidance_drafts.delete_draft": lambda c, other, f: guidance_drafts.delete_draft(c, other, f.draft.id),
    "checklist_writing.insert_withdrawal": lambda c, other, f: checklist_writing.insert_withdrawal(
        c, other, f.checklist.id, Withdrawal(NURSE, LATER, "Not ours.")
    ),
}
# These make something of the clinic's own, or (load_clinic) are asked for the clinic itself.
OTHERWISE = {"patient_writing.insert_patient", "clinics.load_clinic"} | {
    *("guidance.insert_version", "guidance.insert_versions_together", "guidance.insert_publication"),
    *("guidance_drafts.insert_document", "guidance_drafts.insert_draft"),
    *("cards.load_ground", "feedback.insert_feedback"),
    "checklist_writing.insert_checklist",
    # Of a version that was just found, and of the sheets that were.
    *("guidance.known_guidance", "guidance.guidance_used", "guidance_today.guidance_of_rows"),
    "checklists.stored_of",
    # Nothing that the tables allow is without a number in the chain.
    *("audit_chain.begin_chain", "audit_chain.count_beside"),
    # The database refuses what refers to another clinic's checklist or signature; see below.
    "sign_offs.insert_sign_off",
    "sign_offs.insert_withdrawal",
    "marks.insert_mark",
}


def store_modules() -> list[Any]:
    """Every module of the store, those in its folders too."""
    return [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(service.store.__path__, "service.store.")
    ]
