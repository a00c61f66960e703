"""Made-up signatures and marks on a made-up sheet: of every standing, and on lines of every form."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from service.domain.checklists.checklist import SectionId, Withdrawal
from service.domain.checklists.document import line_digest
from service.domain.checklists.marks import LineMark, MarkWord
from service.domain.checklists.sign_offs import SignerRole, SignOff, digests_of
from service.domain.checklists.signed_and_marked import signed_and_marked_document
from service.domain.wording import ENGLISH_CATALOGUE
from tests.formats.printout.samples import NURSE, Json

WRITTEN_AT = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def sign_off(number: int, section: SectionId, digest: str, **fields: Any) -> SignOff:
    """A nurse's signature under a section that said this."""
    fields.setdefault("role", SignerRole.NURSE)
    fields.setdefault("name", f"Test Nurse {number:02d}")
    fields.setdefault("deferred_reason", None)
    return SignOff(
        id=UUID(int=2000 + number),
        checklist_id=UUID(int=7),
        section=section,
        content_digest=digest,
        by=NURSE,
        at=WRITTEN_AT,
        **fields,
    )


def line_mark(number: int, line: Json, mark: MarkWord, note: str | None = None) -> LineMark:
    """A nurse's mark of a line of a document."""
    return LineMark(
        UUID(int=3000 + number), UUID(int=7), line["id"], line_digest(line), mark, note, NURSE, WRITTEN_AT
    )


def sign_offs_and_marks(
    sheet: Json, name: str = "Test Nurse 01", reason: str = "Asked by phone tomorrow.", note: str = "At noon."
) -> tuple[tuple[SignOff, ...], tuple[LineMark, ...]]:
    """Signatures of every standing and marks of lines of every form; texts of people are as given."""
    digests = {SectionId(part["id"]): part["content_digest"] for part in sheet["sections"]}
    withdrawal = Withdrawal(replace(NURSE, name=name), WRITTEN_AT, reason)
    supplement, tell = SectionId.SUPPLEMENT, SectionId.TELL
    sign_offs = (
        sign_off(1, SectionId.PRESCRIPTION, "sha256:before", name=name),
        sign_off(2, supplement, digests[supplement], deferred_reason=reason, name=name),
        sign_off(3, tell, digests[tell], role=SignerRole.PATIENT, name=f"{name} II"),
        sign_off(4, tell, digests[tell], role=SignerRole.PROVIDER, name=f"{name} III", withdrawal=withdrawal),
    )
    forms = {_form(line): line for part in sheet["sections"][:-1] for line in part["lines"]}
    words = [*MarkWord, *MarkWord]
    marks = [line_mark(n, line, words[n], note if n % 2 else None) for n, line in enumerate(forms.values())]
    return sign_offs, tuple(marks)


def _form(line: Json) -> str:
    """A word for how a line is set."""
    return "item" if "item" in line else line.get("key", line["kind"]).partition(".")[0]


def signing(sheet: Json, signed: tuple[tuple[SignOff, ...], tuple[LineMark, ...]] | None = None) -> Json:
    """What the state says of signatures and marks, as it is read from the service."""
    sign_offs, marks = sign_offs_and_marks(sheet) if signed is None else signed
    made = signed_and_marked_document(sheet, digests_of(sheet), sign_offs, marks, ENGLISH_CATALOGUE)
    return orjson.loads(orjson.dumps(made))  # type: ignore[no-any-return]
