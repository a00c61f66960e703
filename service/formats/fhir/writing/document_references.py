"""Where an issued checklist is to be had, and whether it is still the one to use: a DocumentReference."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from service.domain.checklists.checklist import ChecklistStatus
from service.domain.checklists.document import Document
from service.domain.wording import Catalogue
from service.formats.fhir.codes import MEDIA_TYPE
from service.formats.fhir.writing.compositions import (
    DOCUMENT_KIND,
    checklist_identifier,
    checklist_title,
    document_status,
    subject_of,
)
from service.formats.fhir.writing.elements import Element, made, recorder_reference
from service.formats.fhir.writing.issued_records import issued_recorder

PDF = "application/pdf"
REFERENCE_STATUS: Mapping[str, str] = MappingProxyType(
    {
        ChecklistStatus.CURRENT: "current",
        ChecklistStatus.SUPERSEDED: "superseded",
        ChecklistStatus.WITHDRAWN: "entered-in-error",
    }
)
"""R4's word for what an issued sheet is today."""


def write_document_reference(
    document: Document, status: ChecklistStatus, words: Catalogue, base: str, replaces: Sequence[UUID] = ()
) -> Element:
    """The sheet as PDF and as FHIR document. ``replaces`` are the sheets whose place it took.

    ``base`` is the address of the FHIR face.
    """
    return made(
        resourceType="DocumentReference",
        id=document["id"],
        meta={"lastUpdated": document["issued_at"]},
        language=document["language"],
        masterIdentifier=checklist_identifier(document),
        status=REFERENCE_STATUS[status],
        docStatus=document_status(status),
        type=DOCUMENT_KIND,
        subject=subject_of(document),
        date=document["issued_at"],
        author=[recorder_reference(issued_recorder(document["issued_by"]))],
        relatesTo=[_in_place_of(sheet_id) for sheet_id in replaces],
        description=checklist_title(document, words),
        content=[_content(document, words, form, url) for form, url in _forms(document, base)],
        context=made(period=made(start=document["planned_start"])),
    )


def _in_place_of(sheet_id: UUID) -> Element:
    return {"code": "replaces", "target": {"reference": f"DocumentReference/{sheet_id}"}}


def _forms(document: Document, base: str) -> tuple[tuple[str, str], ...]:
    """The sheet's forms, each with its address."""
    own_id = document["id"]
    return (PDF, f"{base}/Binary/{own_id}"), (MEDIA_TYPE, f"{base}/Bundle/{own_id}")


def write_binary(checklist_id: UUID, pdf: bytes) -> Element:
    """The sheet's PDF as a resource; whoever may not read its DocumentReference may not read it."""
    return {
        "resourceType": "Binary",
        "id": str(checklist_id),
        "contentType": PDF,
        "securityContext": {"reference": f"DocumentReference/{checklist_id}"},
        "data": b64encode(pdf).decode(),
    }


def _content(document: Document, words: Catalogue, form: str, url: str) -> Element:
    attachment = {
        "contentType": form,
        "language": document["language"],
        "url": url,
        "title": checklist_title(document, words),
        "creation": document["issued_at"],
    }
    return {"attachment": attachment}
