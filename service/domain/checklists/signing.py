"""What was signed and marked on a sheet: the rules, and the data that every format shows of it.

A signature and a mark belong to a patient and a treatment and are bound to what was signed: they hold on
every sheet whose section, or line, says the same, and a signature only while today's list makes it say so.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from service.domain.attribution import recorder_document
from service.domain.checklists.checklist import ChecklistContent, SectionId
from service.domain.checklists.document import Document, line_digest, section_document
from service.domain.checklists.marks import LineMark
from service.domain.checklists.sign_offs import SIGNED_SECTIONS, SignOff, SignOffStatus
from service.domain.errors import ConflictError, Fault, NotFoundError, RefusedError
from service.domain.medications.categories import Answer
from service.domain.wording import Catalogue
from service.domain.zones import in_zone

NOTHING_SIGNED: Mapping[str, Any] = MappingProxyType({"sign_offs": (), "marks": ()})

Digests = Mapping[SectionId, str]


def digests_of(document: Document) -> Digests:
    """The digest of each section of an issued document."""
    return {SectionId(section["id"]): section["content_digest"] for section in document["sections"]}


def digests_today(content: ChecklistContent) -> Digests:
    """The digest of each section as it would be issued now."""
    return {section.id: section_document(section)["content_digest"] for section in content.sections}


def signable_sections(document: Document) -> tuple[SectionId, ...]:
    """The sections of a document that are signed, one by one."""
    return tuple(section for section in digests_of(document) if section in SIGNED_SECTIONS)


def needs_reason(document: Document, section: SectionId) -> bool:
    """Whether the section is that of a category nobody asked about."""
    lines = next(part["lines"] for part in document["sections"] if part["id"] == section)
    return any(line.get("key") == f"answer.{Answer.NOT_ASKED}" for line in lines)


def moved_on(document: Document, today: Digests) -> frozenset[SectionId]:
    """The sections that today's list makes say something else than the sheet: nobody signs them on it."""
    return frozenset(
        section for section, digest in digests_of(document).items() if today.get(section) != digest
    )


def signed_sections(sign_offs: Iterable[SignOff], today: Digests) -> frozenset[SectionId]:
    """The sections that a signature holds under."""
    return frozenset(
        sign_off.section
        for sign_off in sign_offs
        if sign_off.status(today.get(sign_off.section)) is SignOffStatus.HOLDS
    )


def check_sign_off(
    document: Document,
    today: Digests,
    section: str,
    sent_digest: str,
    deferred_reason: str | None,
) -> SectionId:
    """The section that is signed. Raises NotFoundError, ConflictError (``digest_differs``) and RefusedError.

    What was seen must be what the sheet says and what today's list says.
    """
    signable = {known.value: known for known in signable_sections(document)}
    if section not in signable:
        raise NotFoundError("There is no such section to sign.")
    found = signable[section]
    if not sent_digest == digests_of(document)[found] == today.get(found):
        raise ConflictError(
            "The section has changed since it was seen. Nothing was signed.",
            code="digest_differs",
            pointer="/content_digest",
        )
    if needs_reason(document, found) and not deferred_reason:
        raise RefusedError(
            Fault("/deferred_reason", "required", "A category that was not asked is signed with a reason.")
        )
    return found


def line_to_mark(document: Document, line_id: str) -> Mapping[str, Any]:
    """The line of a document that a mark is made on. Raises NotFoundError."""
    for section in document["sections"]:
        for line in section["lines"]:
            if line["id"] == line_id and section["id"] != SectionId.SIGN_OFF:
                return line  # type: ignore[no-any-return]
    raise NotFoundError("There is no such line to mark.")


def signing_document(
    document: Document,
    today: Digests,
    sign_offs: Iterable[SignOff],
    marks: Iterable[LineMark],
    words: Catalogue,
) -> dict[str, Any]:
    """What was signed and marked as JSON-ready data, in the order of the sheet, the newest signature first.

    ``sign_offs`` and ``marks`` are those of the sheet's patient and treatment, oldest first.
    """
    order = list(digests_of(document))
    shown = [sign_off for sign_off in sign_offs if sign_off.section in order]
    shown.sort(key=lambda sign_off: (-order.index(sign_off.section), sign_off.id), reverse=True)
    zone = document["time_zone"]
    return {
        "sign_offs": [_sign_off(one, today.get(one.section), zone, words) for one in shown],
        "marks": _marks(document, marks, words),
    }


def _sign_off(sign_off: SignOff, today: str | None, zone: str, words: Catalogue) -> dict[str, Any]:
    status = sign_off.status(today)
    withdrawal = sign_off.withdrawal
    return {
        "id": str(sign_off.id),
        "section": sign_off.section.value,
        "role": sign_off.role.value,
        "name": sign_off.name,
        "at": sign_off.at.isoformat(),
        "status": status.value,
        "deferred_reason": sign_off.deferred_reason,
        "recorded_by": recorder_document(sign_off.by),
        "checklist_id": str(sign_off.checklist_id),
        "withdrawn": {
            "by": recorder_document(withdrawal.by),
            "at": withdrawal.at.isoformat(),
            "reason": withdrawal.reason,
        }
        if withdrawal
        else None,
        "text": words.text(
            f"signed.{sign_off.role}", name=sign_off.name, date=_instant(sign_off.at, zone, words)
        ),
        "status_text": _status_text(sign_off, status, zone, words),
        "deferred_text": words.text("signed.deferred", reason=sign_off.deferred_reason)
        if sign_off.deferred_reason
        else None,
    }


def _status_text(sign_off: SignOff, status: SignOffStatus, zone: str, words: Catalogue) -> str | None:
    if status is SignOffStatus.VOID:
        return words.text("signed.void")
    if sign_off.withdrawal is None:
        return None
    withdrawal = sign_off.withdrawal
    return words.text(
        "signed.withdrawn",
        name=withdrawal.by.name,
        date=_instant(withdrawal.at, zone, words),
        reason=withdrawal.reason,
    )


def _marks(document: Document, marks: Iterable[LineMark], words: Catalogue) -> list[dict[str, Any]]:
    latest = {mark.line_id: mark for mark in marks}
    zone = document["time_zone"]
    lines = (line for section in document["sections"] for line in section["lines"])
    found = ((line, latest.get(line["id"])) for line in lines)
    return [
        _mark(mark, zone, words)
        for line, mark in found
        if mark is not None and mark.mark is not None and mark.line_digest == line_digest(line)
    ]


def _mark(mark: LineMark, zone: str, words: Catalogue) -> dict[str, Any]:
    label = words.text(f"mark.{mark.mark}")
    return {
        "line": mark.line_id,
        "mark": mark.mark.value if mark.mark else None,
        "label": label,
        "note": mark.note,
        "by": recorder_document(mark.by),
        "at": mark.at.isoformat(),
        "text": words.text("marked.by", mark=label, name=mark.by.name, date=_instant(mark.at, zone, words)),
    }


def _instant(at: datetime, zone: str, words: Catalogue) -> str:
    return words.instant(in_zone(at, zone))
