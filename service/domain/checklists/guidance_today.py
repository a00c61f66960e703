"""What has become of the guidance that an issued sheet was made from: still in use, older or retired.

It is a fact beside the sheet's status, which tells of the list. Whom it asks to act is a person with an open
sheet: one that was neither taken back nor signed under every section.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from service.domain.checklists.checklist import ChecklistStatus
from service.domain.checklists.document import Document, treatments_of
from service.domain.checklists.sign_offs import SignOffStatus, signable_sections
from service.domain.guidance.publications import PublicationAct


class GuidanceStatus(StrEnum):
    """Whether a sheet issued now is made from the same guidance, from another version, or not at all."""

    IN_USE = "in_use"
    OLDER = "older"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class GuidanceToday:
    """The guidance of one of a sheet's treatments today.

    ``version`` is the digest of what is in use, None where nothing is; ``since`` is when that came to be.
    """

    treatment_id: str
    status: GuidanceStatus
    version: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class GuidanceTold:
    """Guidance that is no longer in use, as an open sheet tells of it: the treatment's name, and since when.

    ``since`` is an instant as JSON has it.
    """

    status: GuidanceStatus
    name: str
    since: str


def guidance_today(
    treatment_id: str, made_from: str, version: str, act: PublicationAct, at: datetime
) -> GuidanceToday:
    """What the last act of its treatment makes of a sheet's guidance."""
    if act is PublicationAct.RETIRE:
        return GuidanceToday(treatment_id, GuidanceStatus.RETIRED, None, at)
    status = GuidanceStatus.IN_USE if version == made_from else GuidanceStatus.OLDER
    return GuidanceToday(treatment_id, status, version, at)


def worst_of(today: Collection[GuidanceToday | GuidanceTold]) -> GuidanceStatus:
    """The word for a whole sheet: retired where that of one treatment is, else older, else in use."""
    found = {one.status for one in today}
    order = (GuidanceStatus.RETIRED, GuidanceStatus.OLDER)
    return next((status for status in order if status in found), GuidanceStatus.IN_USE)


def guidance_today_document(today: GuidanceToday) -> dict[str, Any]:
    """The same as JSON-ready data."""
    return {
        "treatment": today.treatment_id,
        "status": today.status.value,
        "version": today.version,
        "since": today.since.isoformat(),
    }


def is_retired(state: Document) -> bool:
    """Whether no new sheet is issued for all of the sheet's treatments."""
    return any(one["status"] == GuidanceStatus.RETIRED for one in state["guidance_today"])


def guidance_to_tell(document: Document, state: Document) -> tuple[GuidanceTold, ...]:
    """What the sheet itself says of its guidance: nothing while that is in use, nor once it is not open."""
    if not _is_open(document, state):
        return ()
    names = {treatment["id"]: treatment["name"] for treatment in treatments_of(document)}
    return tuple(
        GuidanceTold(GuidanceStatus(one["status"]), names[one["treatment"]], one["since"])
        for one in state["guidance_today"]
        if one["status"] != GuidanceStatus.IN_USE
    )


def _is_open(document: Document, state: Document) -> bool:
    if state["status"] == ChecklistStatus.WITHDRAWN:
        return False
    holding = {one["section"] for one in state["sign_offs"] if one["status"] == SignOffStatus.HOLDS}
    return not holding.issuperset(signable_sections(document))
