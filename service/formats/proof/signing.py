"""What signatures and marks may say, from what was signed and marked."""

from collections.abc import Mapping
from datetime import datetime

from service.domain.zones import in_zone
from service.formats.proof.issued import Issued


def signed_texts(issued: Issued, sign_off_id: str) -> Mapping[str, set[str]]:
    """What a signature may say of itself, by the name of its text; empty where there is no such one."""
    found = next((one for one in issued.sign_offs if str(one.id) == sign_off_id), None)
    if found is None:
        return {}
    words, back, at = issued.words, found.withdrawal, _instant(found.at, issued)
    taken_back = (
        words.text("signed.withdrawn", name=back.by.name, date=_instant(back.at, issued), reason=back.reason)
        if back
        else words.text("signed.void")
    )
    return {
        "text": {words.text(f"signed.{found.role}", name=found.name, date=at)},
        "status_text": {taken_back},
        "deferred_text": {words.text("signed.deferred", reason=found.deferred_reason)},
    }


def marked_texts(issued: Issued, line_id: str) -> Mapping[str, set[str]]:
    """What the marks of a line may say, by the name of the text."""
    made = [mark for mark in issued.marks if mark.line_id == line_id and mark.mark]
    words = issued.words
    labels = {mark.id: words.text(f"mark.{mark.mark}") for mark in made}
    texts = {
        words.text("marked.by", mark=labels[one.id], name=one.by.name, date=_instant(one.at, issued))
        for one in made
    }
    return {"label": set(labels.values()), "text": texts, "note": {one.note for one in made if one.note}}


def _instant(at: datetime, issued: Issued) -> str:
    return issued.words.instant(in_zone(at, issued.checklist.time_zone))
