"""What EHRs tell of the cards that they were sent: written once, never changed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert

from service.domain.cards.feedback import CardFeedback
from service.store.tables import card_feedback

_INSERT = insert(card_feedback)


def insert_feedback(
    connection: Connection,
    clinic_id: UUID,
    client_id: UUID,
    service: str,
    told: Iterable[tuple[UUID, CardFeedback]],
    at: datetime,
) -> None:
    """Keep what a client tells of cards of one service, each under an id of its own."""
    connection.execute(
        _INSERT,
        [
            {
                "clinic_id": clinic_id,
                "id": feedback_id,
                "client_id": client_id,
                "service": service,
                "card": feedback.card,
                "outcome": feedback.outcome.value,
                "body": dict(feedback.said),
                "at": at,
            }
            for feedback_id, feedback in told
        ],
    )
