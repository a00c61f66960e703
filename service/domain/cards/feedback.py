"""What an EHR tells of the cards that it was shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class CardOutcome(StrEnum):
    """What became of a card in the EHR."""

    ACCEPTED = "accepted"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True)
class CardFeedback:
    """What an EHR tells of one card. ``said`` is what it said beyond that, as plain data."""

    card: UUID
    outcome: CardOutcome
    said: Mapping[str, Any] = field(default_factory=dict)
