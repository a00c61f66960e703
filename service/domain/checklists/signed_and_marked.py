"""What was signed and marked on a sheet, as the data that every format shows of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from service.domain.attribution import recorder_document
from service.domain.checklists.checklist import withdrawal_document
from service.domain.checklists.document import Document, line_digest
from service.domain.checklists.marks import LineMark
from service.domain.checklists.sign_offs import Digests, SignOff, SignOffStatus, digests_of
from service.domain.wording import Catalogue
from service.domain.zones import in_zone

NOTHING_SIGNED: Mapping[str, Any] = MappingProxyType({"sign_offs": (), "marks": ()})


def signed_and_marked_document(
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
    status, reason = sign_off.status(today), sign_off.deferred_reason
    when = _instant(sign_off.at, zone, words)
    return {
        "id": str(sign_off.id),
        "section": sign_off.section.value,
        "role": sign_off.role.value,
        "name": sign_off.name,
        "at": sign_off.at.isoformat(),
        "status": status.value,
        "deferred_reason": reason,
        "recorded_by": recorder_document(sign_off.by),
        "checklist_id": str(sign_off.checklist_id),
        "withdrawn": withdrawal_document(sign_off.withdrawal),
        "text": words.text(f"signed.{sign_off.role}", name=sign_off.name, date=when),
        "status_text": _status_text(sign_off, status, zone, words),
        "deferred_text": words.text("signed.deferred", reason=reason) if reason else None,
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
