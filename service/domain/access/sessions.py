"""Sessions of staff: how long one lasts, and how many log-ins may fail before it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

SESSION_PREFIX = "mcs_"
SESSION_IDLE = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=12)
FAILURE_WINDOW = timedelta(minutes=15)
MOST_FAILURES = 10


@dataclass(frozen=True, slots=True)
class StaffSession:
    """A log-in that lasts: ends 12 hours after it began, or 15 minutes after it was last used."""

    id: UUID
    staff_id: UUID
    secret_sha256: str
    began_at: datetime
    used_at: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether it ended by itself."""
        return now - self.used_at > SESSION_IDLE or now - self.began_at > SESSION_LIFE
