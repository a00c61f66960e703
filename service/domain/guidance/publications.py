"""What is done with versions of guidance, and when each was in use. What a version says never changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from service.domain.guidance.statements import Guidance


class PublicationAct(StrEnum):
    """What is done with a version: it is put to use, or the guidance of its treatment is put out of use."""

    PUBLISH = "publish"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class Publication:
    """That a version was published, or the guidance of its treatment retired with it, when and by whom."""

    id: UUID
    treatment_id: str
    version: str
    act: PublicationAct
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PublishedGuidance:
    """A guidance with its version, and when and by whom it was published."""

    guidance: Guidance
    version: str
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class TimeInUse:
    """From when a version was in use, and what ended it: another's publication, or that it was retired."""

    published: Publication
    ended: Publication | None


@dataclass(frozen=True, slots=True)
class GuidanceVersion:
    """A version that was published, and its times in use, newest first: there is at least one."""

    guidance: Guidance
    version: str
    times: tuple[TimeInUse, ...]

    @property
    def in_use(self) -> bool:
        """Whether a checklist issued now is made from it."""
        return self.times[0].ended is None


def times_in_use(
    newest_first: Iterable[Publication], treatment_id: str
) -> Mapping[str, tuple[TimeInUse, ...]]:
    """By version of a treatment's guidance its times in use, from all that was done with guidance.

    The version that was published last comes first, and of each version its latest time.
    """
    done = tuple(act for act in newest_first if act.treatment_id == treatment_id)
    times: dict[str, tuple[TimeInUse, ...]] = {}
    for later, act in zip((None, *done), done, strict=False):
        if act.act is PublicationAct.PUBLISH:
            times[act.version] = (*times.get(act.version, ()), TimeInUse(act, later))
    return times
