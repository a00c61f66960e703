"""An issued checklist as a Composition, and with all that it refers to as a document Bundle.

Both are made of the document as it was issued. What became of the sheet since stands in the status and the
attesters of the Composition, and in the DocumentReference; nothing else ever changes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.attribution import RecorderKind
from service.domain.checklists.checklist import ChecklistStatus
from service.domain.checklists.document import Document, treatments_of
from service.domain.checklists.sign_offs import SignerRole, SignOffStatus
from service.domain.medications.categories import Answer, Category
from service.domain.wording import Catalogue
from service.formats.fhir.codes import (
    CHECKLIST_ID,
    DOCUMENT_TYPE,
    EXTENSION,
    LANGUAGE_EXTENSION,
    LOINC,
    RECORDER,
    SECTION,
)
from service.formats.fhir.writing.elements import PATIENT, Element, entry_of, made
from service.formats.fhir.writing.issued_records import issued_items, issued_patient
from service.formats.fhir.writing.lists import empty_reason
from service.formats.fhir.writing.narratives import Narratives

_AUTHOR = "author"
_MEDICINES_TAKEN = "10160-0"
_LISTED = frozenset({*Category, "uncategorized", "earlier_list"})
DOCUMENT_KIND: Element = {
    # LOINC: "Medication summary Document".
    "coding": [{"system": LOINC, "code": "56445-0"}, {"system": DOCUMENT_TYPE, "code": "checklist"}]
}


def checklist_title(document: Document, words: Catalogue) -> str:
    """What a sheet is called: its kind and its own code."""
    return f"{words.text('sheet.title')} {document['code']}"


def write_composition(document: Document, state: Mapping[str, Any], words: Catalogue) -> Element:
    """The sheet's sections in their order; ``state`` is what became of it, as ``state_document`` tells."""
    narratives = Narratives(document, words)
    title = {"extension": [_language("en")]} if words.foreign("sheet.title") else None
    return made(
        resourceType="Composition",
        id=document["id"],
        meta={"lastUpdated": document["issued_at"]},
        language=document["language"],
        text=narratives.head(),
        contained=[_author(document["issued_by"])],
        identifier=checklist_identifier(document),
        status=document_status(state["status"]),
        type=DOCUMENT_KIND,
        subject=subject_of(document),
        date=document["issued_at"],
        author=[{"reference": f"#{_AUTHOR}"}],
        title=checklist_title(document, words),
        _title=title,
        attester=list(_attesters(document, state)),
        event=[_planned(document)],
        section=[_section(section, narratives) for section in document["sections"]],
    )


def write_document(document: Document, state: Mapping[str, Any], words: Catalogue, base: str) -> Element:
    """The sheet as a document: the Composition, the patient as issued, and every item of the sheet.

    ``base`` is the address of the FHIR face.
    """
    parts = (write_composition(document, state, words), issued_patient(document), *issued_items(document))
    return made(
        resourceType="Bundle",
        id=document["id"],
        meta={"lastUpdated": document["issued_at"]},
        language=document["language"],
        identifier=checklist_identifier(document),
        type="document",
        timestamp=document["issued_at"],
        entry=[entry_of(part, base) for part in parts],
    )


def checklist_identifier(document: Document) -> Element:
    """What an issued checklist is known by everywhere."""
    return {"system": CHECKLIST_ID, "value": document["id"]}


def subject_of(document: Document) -> Element:
    """A reference to the patient, with the name as issued."""
    patient = document["patient"]
    return made(reference=f"{PATIENT}/{patient['id']}", display=patient["name"])


def document_status(status: str) -> str:
    """A sheet that is out of date stays final: its paper is what it was. One taken back does not count."""
    return "entered-in-error" if status == ChecklistStatus.WITHDRAWN else "final"


def _language(tag: str) -> Element:
    return {"url": LANGUAGE_EXTENSION, "valueCode": tag}


def _author(issued_by: Mapping[str, str]) -> Element:
    """Who had the sheet issued, a person or a system."""
    kind, name = issued_by["kind"], issued_by["name"]
    identifier = [{"system": f"{RECORDER}:{kind}", "value": issued_by["id"]}]
    if kind == RecorderKind.STAFF:
        return {
            "resourceType": "Practitioner",
            "id": _AUTHOR,
            "identifier": identifier,
            "name": [{"text": name}],
        }
    names = [{"name": name, "type": "user-friendly-name"}]
    return {"resourceType": "Device", "id": _AUTHOR, "identifier": identifier, "deviceName": names}


def _planned(document: Document) -> Element:
    """The treatments that the sheet is for, and the day they are planned to start."""
    codes = [{"text": treatment["name"]} for treatment in treatments_of(document)]
    return made(code=codes, period=made(start=document["planned_start"]))


def _section(section: Mapping[str, Any], narratives: Narratives) -> Element:
    foreign = section.get("title_language")
    listed = [line for line in section["lines"] if "item" in line]
    return made(
        title=section["title"],
        _title={"extension": [_language(foreign)]} if foreign else None,
        code=_section_code(section["id"]),
        text=narratives.section(section),
        mode="snapshot" if section["id"] in _LISTED else None,
        entry=[{"reference": f"MedicationStatement/{line['item']['id']}"} for line in listed],
        emptyReason=None if listed else _why_empty(section),
    )


def _section_code(section_id: str) -> Element:
    known = [{"system": SECTION, "code": section_id.replace("_", "-")}]
    return {
        "coding": [*known, *([{"system": LOINC, "code": _MEDICINES_TAKEN}] if section_id in _LISTED else [])]
    }


def _why_empty(section: Mapping[str, Any]) -> Element | None:
    """What was answered for a category that has no items, in the sheet's own words."""
    for line in section["lines"]:
        if "answer" in line:
            return empty_reason(Answer(line["answer"]), line["text"])
        if line.get("key") == f"answer.{Answer.NOT_ASKED}":
            return empty_reason(Answer.NOT_ASKED, line["text"])
    return None


def _attesters(document: Document, state: Mapping[str, Any]) -> Iterator[Element]:
    """The signatures that hold. Each stands under one section only, and its text says under which."""
    titles = {section["id"]: section["title"] for section in document["sections"]}
    for signed in state["sign_offs"]:
        if signed["status"] == SignOffStatus.HOLDS:
            texts = [text for text in (signed["text"], signed["deferred_text"]) if text]
            yield {
                "extension": [
                    {"url": f"{EXTENSION}:section", "valueCode": signed["section"].replace("_", "-")}
                ],
                "mode": "personal" if signed["role"] == SignerRole.PATIENT else "professional",
                "time": signed["at"],
                "party": {"display": f"{titles[signed['section']]}: {' – '.join(texts)}"},
            }
