"""Sign-offs: a person's signature under one section, bound to the digest of what the section said."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from service.domain.attribution import Recorder
from service.domain.checklists.checklist import SectionId, Withdrawal


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
