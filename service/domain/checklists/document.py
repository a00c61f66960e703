"""A checklist as plain data: what is stored, digested, sent as JSON and printed. One shape for all of them.

The shape is documented in ``docs/integrators.md``. It is written once, when the checklist is issued, and read
ever after; nothing that is shown is worked out again.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from service.domain.attribution import Attribution, attribution_document, recorder_document
from service.domain.checklists.checklist import Checklist, Section, SheetTreatment
from service.domain.checklists.gaps import gap_document
from service.domain.checklists.lines import AnswerLine, Citation, GuidanceLine, ItemLine, Line, WordingLine
from service.domain.checklists.short_code import printed
from service.domain.medications.items import facts_document
from service.domain.patients.patients import patient_document

Document = Mapping[str, Any]

_canonical = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def checklist_document(checklist: Checklist) -> dict[str, Any]:
    """The whole issued sheet as JSON-ready data; ``content_digest`` covers every section."""
    sections = [section_document(section) for section in checklist.content.sections]
    treatments = [_treatment(treatment) for treatment in checklist.treatments]
    return {
        "id": str(checklist.id),
        "code": printed(checklist.code),
        "patient": patient_document(checklist.patient),
        "treatment": {"id": checklist.treatment_id, "name": checklist.treatment_name},
        "treatments": treatments,
        "planned_start": checklist.planned_start.isoformat() if checklist.planned_start else None,
        "list_version": checklist.list_version,
        "guidance": treatments[0]["guidance"] if len(treatments) == 1 else None,
        "language": checklist.language,
        "paper": str(checklist.paper),
        "print_size": str(checklist.print_size),
        "time_zone": checklist.time_zone,
        "issued_at": checklist.issued_at.isoformat(),
        "issued_by": recorder_document(checklist.issued_by),
        "notices": [_wording(line) for line in checklist.content.notices],
        "gaps": [gap_document(gap) for gap in checklist.content.gaps],
        "sections": sections,
        "content_digest": digest({section["id"]: section["content_digest"] for section in sections}),
    }


def treatments_of(document: Document) -> Sequence[Mapping[str, Any]]:
    """The treatments of an issued document, each with its guidance.

    What was issued before there were sheets for several has its single one beside them.
    """
    single = {**document["treatment"], "guidance": document["guidance"]}
    return document.get("treatments", [single])  # type: ignore[no-any-return]


def section_document(section: Section) -> dict[str, Any]:
    """A section with the digest that a signature under it is bound to."""
    lines = [_line(line) for line in section.lines]
    return {
        "id": str(section.id),
        "title": section.title.text,
        **in_foreign(section.title.language, "title_language"),
        "lines": lines,
        "blank_rows": section.blank_rows,
        "content_digest": digest([_signed(line) for line in lines]),
    }


def line_digest(line: Mapping[str, Any]) -> str:
    """The digest that a mark of one line of a document is bound to."""
    return digest(_signed(line))


def digest(content: object) -> str:
    """SHA-256 (``sha256:`` and hex) of content in its canonical JSON form: sorted keys, no blanks, UTF-8."""
    return "sha256:" + hashlib.sha256(_canonical(content).encode()).hexdigest()


def _treatment(treatment: SheetTreatment) -> dict[str, Any]:
    used = treatment.guidance
    return {
        "id": treatment.id,
        "name": treatment.name,
        "guidance": {
            "document_id": used.document_id,
            "document_title": used.document_title,
            "document_sha256": used.document_sha256,
            "version": used.version,
        },
    }


def _line(line: Line) -> dict[str, Any]:
    if isinstance(line, WordingLine):
        return _wording(line)
    if isinstance(line, GuidanceLine):
        return _statement(line)
    return _item(line) if isinstance(line, ItemLine) else _answer(line)


def _statement(line: GuidanceLine) -> dict[str, Any]:
    return {
        "kind": "guidance",
        "id": line.id,
        "text": line.text,
        "language": line.language,
        **({"treatment": line.treatment_id} if line.treatment_id else {}),
        "statement": line.statement_id,
        "statement_section": str(line.statement_section),
        "citations": [_citation(citation) for citation in line.citations],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    number = citation.number
    return {"document": citation.document, "paragraph": number.paragraph, "sentence": number.sentence}


def _item(line: ItemLine) -> dict[str, Any]:
    return {
        "kind": "record",
        "id": line.id,
        "text": line.text,
        "number": line.number,
        "item": {"id": str(line.item.id), **facts_document(line.item.facts)},
        "on_earlier_list": line.item.on_earlier_list,
        "details": [
            {"key": key, "label": label, **in_foreign(language, "label_language"), "value": value}
            for key, label, language, value in line.details
        ],
        "asks": [_wording(ask) for ask in line.asks],
        **_attributed(line.item.attribution, line.said),
    }


def _answer(line: AnswerLine) -> dict[str, Any]:
    return {
        "kind": "record",
        "id": line.id,
        "text": line.text,
        **in_foreign(line.language),
        "category": str(line.category),
        "answer": str(line.answer.answer),
        **_attributed(line.attribution, line.said),
    }


def _attributed(attribution: Attribution, said: WordingLine) -> dict[str, Any]:
    return {"attribution": attribution_document(attribution), "said": _wording(said)}


def _wording(line: WordingLine) -> dict[str, Any]:
    return {
        "kind": "wording",
        "id": line.id,
        "key": line.key,
        "text": line.text,
        **in_foreign(line.language),
        "items": list(line.items),
    }


def in_foreign(language: str | None, name: str = "language") -> dict[str, str]:
    """The language of a text, named only where it is another than the checklist's."""
    return {name: language} if language else {}


def _signed(line: Mapping[str, Any]) -> object:
    """What a signature covers of a line of a document: what it says.

    Not its number on the sheet, nor who recorded it when; and of the service's own words which they are, so
    that neither another language nor a comma mended in a question undoes a signature.
    """
    if line["kind"] == "wording":
        return ["wording", line["id"], list(line["items"])]
    if line["kind"] == "guidance":
        numbers = [f"{cited['paragraph']}.{cited['sentence']}" for cited in line["citations"]]
        return ["guidance", line["statement"], line["text"], numbers]
    if "item" in line:
        facts = dict(line["item"])
        return ["item", facts.pop("id"), facts, line["on_earlier_list"]]
    return ["answer", line["category"], line["answer"]]
