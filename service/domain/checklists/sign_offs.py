"""Sign-offs: a person's signature under one section, bound to the digest of what the section said.

A sign-off belongs to a patient and a treatment: it holds on every sheet whose section says the same, and only
while today's list makes it say so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from service.domain.attribution import Recorder
from service.domain.checklists.checklist import ChecklistContent, SectionId, Withdrawal
from service.domain.checklists.document import Document, section_document
from service.domain.errors import ConflictError, Fault, NotFoundError, RefusedError
from service.domain.medications.categories import Answer


class SignerRole(StrEnum):
    """As whom a person signs, in the order of the rows on the sheet."""

    PATIENT = "patient"
    NURSE = "nurse"
    PROVIDER = "provider"


class SignOffStatus(StrEnum):
    """Whether a signature still covers what the section says today."""

    HOLDS = "holds"
    VOID = "void"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, as whom, and what they saw; the reason where the category was not asked."""

    role: SignerRole
    name: str
    content_digest: str
    deferred_reason: str | None = None


SIGNED_SECTIONS = tuple(
    section for section in SectionId if section not in (SectionId.GAPS, SectionId.SIGN_OFF)
)
"""What is signed, one by one. The gaps only repeat what is missing in these."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """``name`` is who signed; ``by`` the member of staff who recorded it. ``withdrawal``: taken back.

    ``deferred_reason`` says why a section was signed although its category was not asked.
    """

    id: UUID
    checklist_id: UUID
    section: SectionId
    role: SignerRole
    name: str
    content_digest: str
    deferred_reason: str | None
    by: Recorder
    at: datetime
    withdrawal: Withdrawal | None = None

    def __post_init__(self) -> None:
        if self.section not in SIGNED_SECTIONS:
            raise ValueError(f"the section {self.section} is not signed")

    def status(self, todays_digest: str | None) -> SignOffStatus:
        """What has become of it; ``todays_digest`` is None where the section is there no longer."""
        if self.withdrawal is not None:
            return SignOffStatus.WITHDRAWN
        return SignOffStatus.HOLDS if self.content_digest == todays_digest else SignOffStatus.VOID


Digests = Mapping[SectionId, str]
"""What each section of a sheet says, by its digest."""


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


def check_sign_off(document: Document, today: Digests, section: str, signature: Signature) -> SectionId:
    """The section that is signed. Raises NotFoundError, ConflictError (``digest_differs``) and RefusedError.

    What was seen must be what the sheet says and what today's list says.
    """
    found = next((known for known in signable_sections(document) if known == section), None)
    if found is None:
        raise NotFoundError("There is no such section to sign.")
    if not signature.content_digest == digests_of(document)[found] == today.get(found):
        detail = "The section has changed since it was seen. Nothing was signed."
        raise ConflictError(detail, code="digest_differs", pointer="/content_digest")
    if needs_reason(document, found) and not signature.deferred_reason:
        detail = "A category that was not asked is signed with a reason."
        raise RefusedError(Fault("/deferred_reason", "required", detail))
    return found
