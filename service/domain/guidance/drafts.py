"""Guidance that is still being written: a draft, and what the check says of it before it can be published."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.errors import ConflictError
from service.domain.guidance.editing import statement_of
from service.domain.guidance.report import CheckReport, StatementReport
from service.domain.guidance.statements import Guidance


@dataclass(frozen=True, slots=True)
class GuidanceDraft:
    """Guidance that is still being written. ``revision`` counts its changes from 1."""

    id: UUID
    guidance: Guidance
    revision: int
    changed_at: datetime
    changed_by: str

    def require_revision(self, revision: int) -> None:
        """Raise ConflictError (``stale``) where somebody else changed it since it was seen."""
        if self.revision != revision:
            raise ConflictError("The draft was changed meanwhile. Nothing was changed now.", code="stale")


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft beside the text of its document, and what the check says of it now."""

    draft: GuidanceDraft
    text: str
    report: CheckReport

    @property
    def guidance(self) -> Guidance:
        """What the draft holds."""
        return self.draft.guidance

    @property
    def refused(self) -> tuple[StatementReport, ...]:
        """The statements that the check does not accept."""
        return tuple(one for one in self.report.statements if not one.accepted)

    @property
    def reviewed(self) -> tuple[StatementReport, ...]:
        """The accepted statements that somebody compared with their sentences as both are now."""
        return tuple(one for one in self.report.statements if one.accepted and one.is_reviewed)

    @property
    def to_review(self) -> tuple[StatementReport, ...]:
        """The accepted statements that nobody compared yet."""
        return tuple(one for one in self.report.statements if one.accepted and not one.is_reviewed)

    @property
    def publishable(self) -> bool:
        """Whether there are statements and each is accepted and reviewed."""
        return bool(self.reviewed) and len(self.reviewed) == len(self.report.statements)

    def of(self, statement_id: str) -> StatementReport:
        """The verdict on one statement. Raises NotFoundError."""
        statement_of(self.guidance, statement_id)
        return next(one for one in self.report.statements if one.id == statement_id)
