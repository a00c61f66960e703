"""Intake links and the forms behind them: one use, one browser, an end in time, and nothing on file shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from service.domain.attribution import CollectionMode, Recorder

LINK_MODES = frozenset({CollectionMode.SELF, CollectionMode.HANDED_DEVICE})
"""A link is for the patient's own phone, or for a device of the clinic that is handed over."""
LINK_LIFE = timedelta(hours=72)
FORM_LIFE = timedelta(hours=24)
HANDED_FORM_LIFE = timedelta(hours=2)
"""On a device of the clinic the next person may be another one."""


def form_life(mode: CollectionMode | None) -> timedelta:
    """How long a form can be filled in; a form of the desk has no mode yet."""
    return HANDED_FORM_LIFE if mode is CollectionMode.HANDED_DEVICE else FORM_LIFE


@dataclass(frozen=True, slots=True)
class IntakeLink:
    """A link that one browser can open once. Its secret is shown once and kept as its SHA-256 (hex) only."""

    id: UUID
    clinic_id: UUID
    patient_id: UUID
    secret_sha256: str
    collection_mode: CollectionMode
    by: Recorder
    at: datetime
    expires_at: datetime
    opened_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.collection_mode not in LINK_MODES:
            raise ValueError("a link is filled in alone or on a device handed over")

    def open_to(self, now: datetime) -> bool:
        """Whether it can still be opened."""
        return self.opened_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class IntakeForm:
    """What is typed into a form until it is sent; from then on ``draft`` holds nothing that was answered.

    A form behind a link has a secret that only the browser which opened it holds; a form at the desk has
    none. ``made_from`` is the version of the list when it was opened.
    """

    id: UUID
    clinic_id: UUID
    patient_id: UUID
    link_id: UUID | None
    secret_sha256: str | None
    opened_at: datetime
    expires_at: datetime
    made_from: int
    draft: Mapping[str, Any]
    sent_at: datetime | None = None
    sent_version: int | None = None

    def open_to(self, now: datetime) -> bool:
        """Whether something can still be typed into it."""
        return self.sent_at is None and now < self.expires_at


class LinkState(StrEnum):
    """What became of a link."""

    NOT_OPENED = "not_opened"
    NOT_SENT = "not_sent"
    SENT = "sent"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class GivenLink:
    """A link, and when the form behind it was sent or ends: None for both where there is none any more."""

    link: IntakeLink
    sent_at: datetime | None = None
    form_expires_at: datetime | None = None

    def state_at(self, now: datetime) -> LinkState:
        """What became of it until now."""
        if self.sent_at is not None:
            return LinkState.SENT
        if self.link.open_to(now):
            return LinkState.NOT_OPENED
        filled_in = self.form_expires_at is not None and now < self.form_expires_at
        return LinkState.NOT_SENT if filled_in else LinkState.ENDED
